package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Extension;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.RefreshLeases;
import io.nearfar.entry.RemoteChanges;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.key.Glob;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The far entries of one cache, with what a caller needs who goes on while a server does not answer: operations on many
 * keys tell which of them it concerned, and do the rest, where those of {@link EntryStore} throw.
 */
public interface FarEntries<K, V> extends EntryStore<K, V> {
    /** Returns the same entries; of what is changed through these, listeners of other nodes do not hear. */
    FarEntries<K, V> unheard();

    /**
     * Returns what other nodes do to these entries.
     *
     * @param outdated is told, by whoever decodes a change and before that tells of it, which write has ended what is older
     *     under the key with that text
     */
    RemoteChanges<K, V> remoteChanges(BiConsumer<String, Version> outdated);

    /** Returns who may load entries again. */
    RefreshLeases<K> refreshLeases();

    /**
     * Tells whether some node has ever written something of the cache, or cleared it, and it was not destroyed since; if not, no
     * entry of it can be live.
     */
    boolean exists();

    /**
     * Returns what lies under a key, and whether it is live. Heals nothing, and asks several questions one after another.
     *
     * @throws FarTierUnavailableException if the server does not answer
     */
    EntryView look(K key);

    /** Returns the partition of a key. */
    int partition(K key);

    /** Returns why the server of that partition is not asked at the moment, or null if it is. Asks nobody. */
    @Nullable
    FarTierUnavailableException silence(int partition);

    /**
     * Returns a number that changes with every outage of that partition and never comes back to what it was, also when
     * another server takes the place of the one that was away; below 0 if none takes the partition's writes at the moment.
     */
    long troubles(int partition);

    /**
     * Like {@link #read} of the authority, without a thread that waits for the answer. Fails with {@link
     * io.nearfar.entry.NeedsThreadException} where one question is not enough.
     *
     * @throws FarTierUnavailableException if nobody can be asked
     */
    CompletableFuture<@Nullable Entry<V>> read(K key, Awaiting awaiting);

    /**
     * Like {@link #apply}, without a thread that waits for the answer. Fails with {@link io.nearfar.entry.NeedsThreadException},
     * and has changed nothing, where one question is not enough.
     *
     * @throws FarTierUnavailableException if nobody can be asked
     */
    CompletableFuture<Reply<V>> apply(K key, Change<V> change, Awaiting awaiting);

    /** Like {@link #readAll(Collection, io.nearfar.entry.Freshness)}; unanswered keys are left out. */
    Map<K, Entry<V>> readAll(Collection<? extends K> keys, Unanswered<? super K> unanswered);

    /**
     * Returns of which write each entry is, whether it can be read here or not. A key is left out if nothing lies there
     * that names a write, or if its server did not answer.
     */
    Map<K, Version> versions(Collection<? extends K> keys);

    /** Like {@link #applyAll(Map)}; unanswered keys are left out, and will not be changed any more. */
    Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes, Unanswered<? super K> unanswered);

    /** Like {@link #clear()} for some partitions; those that are unanswered will not be cleared any more. */
    void clear(BitSet partitions, Unanswered<Integer> unanswered);

    /** Like {@link #clear(BitSet, Unanswered)}, but leaves each partition alone that was cleared during the time given for it. */
    void clearOnce(BitSet partitions, IntFunction<Duration> within, Unanswered<Integer> unanswered);

    /**
     * Invalidates tags in some partitions; those that are unanswered will not be changed any more.
     *
     * @return for each partition that answered the stamp from which on entries are not concerned
     */
    Map<Integer, Long> invalidateTags(
            Collection<String> tags, Ending ending, BitSet partitions, Unanswered<Integer> unanswered);

    /** Returns the text of a key, of which patterns speak. */
    String text(K key);

    /**
     * Tells all nodes that entries whose keys match are being removed, or just were, in some partitions; those that are
     * unanswered will not be told any more.
     *
     * @return for each partition that answered the stamp of that
     */
    Map<Integer, Long> announce(Glob pattern, BitSet partitions, Unanswered<Integer> unanswered);

    /**
     * Likewise after a walk, which would have to be made again if this failed: partitions that do not answer for a moment are told
     * a little later.
     */
    Map<Integer, Long> announceAgain(Glob pattern, BitSet partitions, Unanswered<Integer> unanswered);

    /**
     * Walks over all servers and removes the entries whose keys' texts match, and the placeholders of loads; whoever reads such a key
     * from far afterwards, or stores what was loaded before, does not meet what was there at the beginning.
     *
     * @param literal what stands in all these texts, and means nothing but itself in a pattern; may be empty
     * @throws FarTierUnavailableException if a server did not answer when it began, or then does not for some seconds; what was
     *     met before, and on the others, is removed
     */
    void removeMatching(String literal, Predicate<String> matching, KeyWalk walk);

    /**
     * Like {@link #removeMatching(String, Predicate, KeyWalk)} on the servers of some partitions. Of those that are unanswered some
     * entries may be left; of a walk that is cancelled none is told.
     */
    void removeMatching(
            String literal,
            Predicate<String> matching,
            BitSet partitions,
            KeyWalk walk,
            Unanswered<Integer> unanswered);

    /** Returns the partition of the key of that text. */
    int partitionOfText(String text);

    /**
     * Lets many entries live longer, each unless its key has changed since it was read or it lives that long already.
     * Nobody else is told: no copy becomes untrue.
     *
     * @param gone is told of the keys that no longer hold what was read
     * @throws FarTierUnavailableException if a server does not answer; entries on other servers live longer
     */
    void extendAll(Map<K, Extension> extensions, Consumer<? super K> gone);

    /** Is told of each key, or partition, whose server did not answer or was not asked. */
    @FunctionalInterface
    interface Unanswered<T> {
        /** Nothing came back for this one; what was to be changed may have been, but will not be any more. */
        void tell(T one, FarTierUnavailableException why);
    }
}
