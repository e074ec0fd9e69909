package io.nearfar.tier;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.far.FarEntries;
import io.nearfar.key.StoredName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the far tier what keys of one cache were told in an outage: a value that does not take the place of what was known
 * before, or that is refused, becomes a removal, which a full server takes.
 */
final class MakingUp<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(MakingUp.class);

    private final String cache;
    private final FarEntries<K, V> far;

    MakingUp(String cache, FarEntries<K, V> far) {
        this.cache = cache;
        this.far = far;
    }

    /**
     * Tells.
     *
     * @param isWanted whether a key whose value was not written is still to be removed
     * @param left gets the keys of which the far tier was not told, and why
     * @return what became of the others
     */
    Map<K, Reply<V>> tell(Map<K, Change<V>> changes, Predicate<K> isWanted, Map<K, FarTierUnavailableException> left) {
        Map<K, Reply<V>> replies = write(changes, left);
        replies.replaceAll((key, reply) -> asWritten(changes.get(key), reply));
        Set<K> overtaken = changes.keySet().stream()
                .filter(key -> isOvertaken(changes.get(key), replies.get(key), left.get(key)))
                .filter(isWanted)
                .collect(Collectors.toSet());
        left.keySet().removeAll(overtaken);
        replies.putAll(remove(overtaken, replies, left));
        return replies;
    }

    private Map<K, Reply<V>> write(Map<K, Change<V>> changes, Map<K, FarTierUnavailableException> left) {
        try {
            return new HashMap<>(far.unheard().applyAll(changes, left::put));
        } catch (RuntimeException e) {
            LOG.warn(
                    "NF0401 {}: values noted in the outage cannot be written, and their keys are removed",
                    StoredName.told(cache),
                    e);
            return new HashMap<>();
        }
    }

    /**
     * A value that is there already, with the same tags, was written, be it by a settling whose answer was lost: nobody reads
     * anything else.
     */
    private static <V> Reply<V> asWritten(@Nullable Change<V> change, Reply<V> reply) {
        Entry<V> met = reply.met();
        if (reply.applied() || met == null || change == null || change.value() == null) {
            return reply;
        }
        boolean same = met.attributes().equals(change.attributes()) && isSame(change.value(), met.value());
        return same ? new Reply<>(true, true, null, met, met.version()) : reply;
    }

    /** What others have written may be more than this node would. */
    private static boolean isSame(Value<?> noted, Value<?> met) {
        try {
            return Arrays.equals(noted.bytes(), met.bytes());
        } catch (CacheException tooLarge) {
            return false;
        }
    }

    /** Tells whether the far entry was another than the one known before, or the value could not be written. */
    private static boolean isOvertaken(
            @Nullable Change<?> change, @Nullable Reply<?> reply, @Nullable FarTierUnavailableException why) {
        if (change == null || change.isRemoval()) {
            return false;
        }
        return reply == null ? why == null || why instanceof FarRefusalException : !reply.applied();
    }

    /** What was met goes; a write that comes after that is newer than anything noted here, and stays. */
    private Map<K, Reply<V>> remove(
            Set<K> overtaken, Map<K, Reply<V>> replies, Map<K, FarTierUnavailableException> left) {
        Map<K, Change<V>> removals = new HashMap<>();
        overtaken.forEach(key -> removals.put(key, Change.removal(condition(replies.get(key)), false)));
        return removals.isEmpty() ? Map.of() : far.unheard().applyAll(removals, left::put);
    }

    /**
     * Nothing was met: then nothing, or what cannot be read here, is to go, and the others are to hear of it. A write that
     * was refused has met nobody knows what.
     */
    private static Condition condition(@Nullable Reply<?> lost) {
        if (lost == null) {
            return Condition.ALWAYS;
        }
        Entry<?> met = lost.met();
        return met == null ? Condition.ABSENT : Condition.is(met.version());
    }
}
