package io.nearfar.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.nearfar.config.CacheSettings;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/*
 * How the near tier stays right
 * =============================
 * Order. Every entry carries the stamp of its write. An entry is replaced only by one with a higher stamp, and removed
 * by a message only if its own stamp is lower than the message's. So messages, replies and fills may meet in any order.
 *
 * Guarded fills. Whoever asks the far tier first registers a token for the key's text (begin). A message marks the token
 * and then removes the entry; a fill looks at the mark inside the map's compute, which excludes the removal. If the fill
 * comes first, the removal finds it; if the message comes first, the fill sees the mark. Either way nothing older than
 * the message stays. The token lives from before the request was sent until after the fill, so no message that the
 * reply could have missed is missed by the token. It is of one epoch, and so are its fills: in a new one the key has a new
 * token, and what the old one's fills bring is not served.
 *
 * Partitions. Clears, tags, patterns and new epochs do not walk the map: they change a limit of the partition, and then its
 * seal. A hit compares the seal alone, and under a new one all limits once.
 *
 * Lease. A hit is served only while its partition was verified shortly before: that is what bounds staleness when messages do
 * not come. The clock is read before the map, for a processor looks up while it waits for it; the lease is asked next, and what
 * leaves the map is marked, so that who stood still in between serves nothing under a lease that was renewed by removing it.
 *
 * Going back. A new write lies above everything seen before it was sent. If an own one does not, the far tier has lost
 * what was seen: a new epoch begins, and with it the comparison of stamps.
 *
 * Keys. Messages name a key by its text. Texts that can be turned back give the key itself; for the others an index from
 * text to key is kept, changed only inside the compute of that key, so that it never lacks an entry that is served. A
 * fill is in the index before it looks at its token: a message that it has not seen finds the key and waits for it.
 */

/** The near tier of one cache that has a far tier beneath. Safe for use by several threads; never blocks on I/O. */
public final class NearTier<K, V> {
    private static final Version LATEST = new Version(Long.MAX_VALUE, 0);

    private final Cache<K, NearNode<V>> nodes;
    private final ConcurrentHashMap<String, K> index = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Token> tokens = new ConcurrentHashMap<>();
    private final Partitions partitions;
    private final NearCommons commons;
    private final CacheSignals signals;
    private final UnaryOperator<K> keep;
    private final Function<String, @Nullable K> keyOfText;
    private final long longestStay;
    private final long longestStale;

    /**
     * Creates an empty near tier.
     *
     * @param settings how much it holds and for how long
     * @param commons what it shares with those of other caches; one lease for each partition of the far tier
     * @param signals where evictions and invalidations are counted
     * @param keep returns a key as it may be kept
     * @param keyOfText returns the key of a text, or null if the text alone does not give it
     * @param textOf returns the text of a key
     */
    public NearTier(
            CacheSettings settings,
            NearCommons commons,
            CacheSignals signals,
            UnaryOperator<K> keep,
            Function<String, @Nullable K> keyOfText,
            Function<? super K, String> textOf) {
        this.commons = commons;
        this.signals = signals;
        this.keep = keep;
        this.keyOfText = keyOfText;
        this.longestStay =
                TimeUnit.NANOSECONDS.toMicros(settings.nearTimeToLive().toNanos());
        this.longestStale = settings.maxStale().toNanos();
        this.partitions = new Partitions(commons, textOf);
        this.nodes = Weights.shown(build(settings), signals);
    }

    private Cache<K, NearNode<V>> build(CacheSettings settings) {
        Caffeine<Object, Object> builder = Caffeine.newBuilder().executor(Runnable::run);
        Long weight = settings.nearMaximumWeight();
        if (weight == null) {
            return builder.maximumSize(settings.nearMaximumEntries())
                    .evictionListener(this::evicted)
                    .build();
        }
        return builder.maximumWeight(weight)
                .<K, NearNode<V>>weigher((key, node) -> node.value().weight())
                .evictionListener(this::evicted)
                .build();
    }

    private void evicted(@Nullable K key, @Nullable NearNode<V> node, RemovalCause cause) {
        forget(node);
        signals.evicted();
    }

    /** Returns the entry under {@code key} if it may be served now, else null. */
    public @Nullable Entry<V> get(K key) {
        return get(key, now());
    }

    /** Returns the instant of the process's clock. */
    public long now() {
        return commons.nanoTime().getAsLong();
    }

    /** Returns the entry under {@code key} if it may be served at that instant, which is {@link #now} before the call; else null. */
    public @Nullable Entry<V> get(K key, long now) {
        NearNode<V> node = nodes.getIfPresent(key);
        return node != null && node.isServed(key, now, commons.clock()) ? node : null;
    }

    /**
     * Returns the entry under {@code key} if it may be served while the far tier cannot be asked, else null: its partition
     * was verified within the cache's longest staleness, and nothing is known to have overtaken it.
     */
    public @Nullable Entry<V> getStale(K key) {
        NearNode<V> node = nodes.getIfPresent(key);
        long now = now();
        return node != null && node.isServedStale(key, now, commons.clock(), longestStale) ? node : null;
    }

    /** Returns what is kept under {@code key}, and whether it may be served now; null if nothing is. Keeps it no longer for that. */
    public @Nullable NearLook<V> look(K key) {
        NearNode<V> node = nodes.policy().getIfPresentQuietly(key);
        return node == null ? null : NearLook.at(node, key, now(), commons.clock());
    }

    /**
     * Returns what is known here to have come to the far tier after that write: another write of the key, or a clear; or an
     * invalidation of one of these tags after {@code since}; null if nothing is. Whether what is kept here may still be
     * served does not matter for that.
     */
    public @Nullable Version laterThan(Version version, K key, int partition, List<String> tags, long since) {
        NearNode<V> held = nodes.policy().getIfPresentQuietly(key);
        return held != null && held.version().isAfter(version)
                ? held.version()
                : partitions.of(partition).endOf(version, tags, since);
    }

    private long micros() {
        return commons.clock().microsAt(now());
    }

    /** Registers that the far tier is about to be asked for the key; must come before the request is sent. */
    public Fill<K> begin(K key, String text, boolean textGivesKey, int number) {
        Partition partition = partitions.of(number);
        Token token = tokens.compute(text, (t, held) -> ofNow(partition, held).enter());
        return new Fill<>(key, text, !textGivesKey, partition, token, floor(key, partition));
    }

    /** What was left on the token of another epoch cannot be compared with what is read from now on. */
    private static Token ofNow(Partition partition, @Nullable Token held) {
        int epoch = partition.epoch();
        return held != null && held.isOfEpoch(epoch) ? held : new Token(epoch);
    }

    private long floor(K key, Partition partition) {
        long reached = partition.lease().reached();
        NearNode<V> held = nodes.policy().getIfPresentQuietly(key);
        return held == null || !held.isOfEpoch(partition.epoch()) ? reached : Math.max(reached, held.stamp());
    }

    /**
     * Ends a read: keeps what it brought, unless something newer is known of the key. Nothing older that another thread has
     * asked for before may come in after it, also if this is not kept, or not for long: who was told of a write, or of an
     * absence, does not see the old value again.
     */
    public void complete(Fill<K> fill, @Nullable Entry<V> entry) {
        if (entry == null) {
            completeUnknown(fill);
        } else {
            mark(fill, entry.version());
            offerAtLast(fill, entry);
        }
    }

    /** Ends an own write of that version: what is older goes, and {@code entry}, if the write left one, is kept. */
    public void complete(Fill<K> fill, Version written, @Nullable Entry<V> entry) {
        if (written.stamp() <= fill.floor) {
            commons.regressed().accept(fill.partition.number());
        }
        mark(fill, written);
        removeOlder(fill.key, written.stamp());
        offerAtLast(fill, entry);
    }

    private void offerAtLast(Fill<K> fill, @Nullable Entry<V> entry) {
        try {
            if (entry != null) {
                offer(fill, entry);
            }
        } finally {
            abandon(fill);
        }
    }

    /** Ends a write that was refused: if the near entry let the caller believe otherwise, it goes. */
    public void refused(Fill<K> fill, @Nullable Entry<V> met) {
        if (met != null) {
            removeOlder(fill.key, met.stamp());
        }
        complete(fill, met);
    }

    /** Marks the fills of a key, also those that began after another had ended and taken the token with it. */
    private void mark(Fill<K> fill, Version version) {
        fill.token.mark(version);
        Token registered = tokens.get(fill.text);
        if (registered == null) {
            return;
        } else if (registered.isOfEpoch(fill.epoch)) {
            registered.mark(version);
        } else {
            endFills(fill.text); // the version may be of before, and above all that is to come
        }
    }

    /** What is being read just now brings nothing any more; whoever asks from now on gets a new token. */
    private void endFills(String text) {
        tokens.computeIfPresent(text, (t, token) -> {
            token.mark(LATEST);
            return null;
        });
    }

    /**
     * Ends a write whose outcome is unknown, or a read that found nothing: what is there, and what is being read just now,
     * may be outdated. Whoever asks from now on gets a new token, or a key that is never at rest would not be kept again.
     */
    public void completeUnknown(Fill<K> fill) {
        fill.token.mark(LATEST);
        overtaken(fill.key, fill.text);
    }

    /** Ends a read or write that brought nothing to keep. */
    public void abandon(Fill<K> fill) {
        tokens.computeIfPresent(fill.text, (text, token) -> token == fill.token && token.leave() ? null : token);
    }

    private void offer(Fill<K> fill, Entry<V> entry) {
        String text = fill.indexed ? fill.text : null;
        NearNode<V> offered =
                new NearNode<>(entry, fill.partition, fill.epoch, micros() + stay(entry), fill.judged, text);
        nodes.asMap().compute(keep.apply(fill.key), (k, held) -> newer(fill, k, offered, held));
    }

    private long stay(Entry<V> entry) {
        long own = entry.attributes().nearMillis();
        return own == Attributes.AS_CONFIGURED
                ? longestStay
                : Math.min(longestStay, TimeUnit.MILLISECONDS.toMicros(own));
    }

    /** The index comes before the look at the token, as a message marks the token before it looks into the index. */
    private @Nullable NearNode<V> newer(Fill<K> fill, K key, NearNode<V> offered, @Nullable NearNode<V> held) {
        if (offered.text() != null) {
            index.put(offered.text(), key);
        }
        Version version = offered.version();
        boolean lost = !fill.partition.lease().admits(version.stamp(), fill.beat);
        boolean outdated = lost || !fill.token.admits(version) || !offered.isLive(key, micros());
        if (outdated) {
            return refused(held, offered);
        } else if (held != null && held.epoch() == offered.epoch() && !isReplaced(held, offered)) {
            return held;
        }
        if (held == null) {
            return offered;
        }
        held.goes();
        return held.isOf(offered.version()) ? offered.keepingValueOf(held) : offered;
    }

    /** Its reader has seen it all the same: what is older goes, or it would be served after that. */
    private @Nullable NearNode<V> refused(@Nullable NearNode<V> held, NearNode<V> offered) {
        return held == null ? forget(offered) : held.isOlderThan(offered.stamp()) ? forget(held) : held;
    }

    /** The same write may come again with another expiration, after an access has moved it. */
    private static <V> boolean isReplaced(NearNode<V> held, NearNode<V> offered) {
        return held.isOlderThan(offered.stamp()) || held.isOf(offered.version());
    }

    /** Applies a message that names a key: what is older than that write goes, also what is being read just now. */
    public void invalidate(String text, Version version) {
        Token token = tokens.get(text);
        if (token != null) {
            token.mark(version);
        }
        K named = named(text);
        if (named != null && removeOlder(named, version.stamp())) {
            signals.invalidated();
        }
    }

    /**
     * Returns what is in doubt when something is said to have happened to the entry of a key, or null if nothing here is.
     * The token is looked for first: a fill that ends in between has left its entry.
     */
    public @Nullable Doubt doubt(String text) {
        Token token = tokens.get(text);
        Kept<K> kept = kept(text);
        return token == null && kept == null ? null : new Doubt(text, token);
    }

    /**
     * Begins to settle a doubt: of the fills that were under way when it came up, those that still are bring nothing any
     * more.
     *
     * @return what is kept of the key and should be compared with the far tier now, or null if nothing is
     */
    public @Nullable Kept<K> examine(Doubt doubt) {
        tokens.computeIfPresent(doubt.text, (text, token) -> {
            if (token != doubt.token) {
                return token;
            }
            token.mark(LATEST);
            return null;
        });
        return kept(doubt.text);
    }

    private @Nullable Kept<K> kept(String text) {
        K key = named(text);
        NearNode<V> held = key == null ? null : nodes.policy().getIfPresentQuietly(key);
        return key == null || held == null || !held.isLive(key, micros()) ? null : new Kept<>(key, held.version());
    }

    private @Nullable K named(String text) {
        K key = index.get(text);
        return key == null ? keyOfText.apply(text) : key;
    }

    /** Lets go of what was examined, for the far tier does not have it any more. */
    public void disown(Kept<K> kept) {
        if (removeIf(kept.key(), held -> held.isOf(kept.version()))) {
            signals.invalidated();
        }
    }

    /** Applies a clear of a partition: every write up to that stamp is no longer served. */
    public void clear(int partition, long stamp) {
        partitions.of(partition).clear(stamp);
    }

    /** Applies an invalidation of tags in a partition: no write up to that stamp that carries one of them is served. */
    public void invalidateTags(int partition, Collection<String> tags, long stamp) {
        partitions.of(partition).invalidateTags(tags, stamp);
    }

    /** Returns the highest stamp known of each partition; an own invalidation that begins now lies above it. */
    public long[] highest() {
        return partitions.highest();
    }

    /**
     * Applies an own invalidation of tags.
     *
     * @param stamps the stamps that it got, by partition; where one is missing the outcome is not known
     * @param before what {@link #highest} said before it was sent
     */
    public void invalidateTags(Collection<String> tags, Map<Integer, Long> stamps, long[] before) {
        partitions.compare(stamps, before);
        stamps.forEach((partition, stamp) -> invalidateTags(partition, tags, stamp));
        if (!partitions.areAllIn(stamps)) {
            dropTagged(Set.copyOf(tags));
        }
    }

    /** Lets go of what carries one of the tags, and lets what is being read just now bring nothing. */
    private void dropTagged(Set<String> tags) {
        Predicate<NearNode<V>> carries =
                held -> held.attributes().tags().stream().anyMatch(tags::contains);
        tokens.keySet().forEach(text -> {
            endFills(text);
            K named = named(text);
            if (named != null) {
                removeIf(named, carries);
            }
        });
        nodes.asMap().forEach((key, node) -> {
            if (carries.test(node)) {
                removeIf(key, carries);
            }
        });
    }

    /** Is told of a pattern in a partition: no write below that stamp is served whose key matches, if it was asked for before. */
    public void invalidatePattern(int partition, Predicate<String> pattern, long stamp) {
        partitions.of(partition).invalidatePattern(pattern, stamp);
    }

    /**
     * Applies an own invalidation of a pattern: nothing is served whose key matches, if it was asked for before.
     *
     * @param stamps the stamps of its messages, by partition
     * @param before what {@link #highest} said before they were sent
     */
    public void invalidatePattern(Predicate<String> pattern, Map<Integer, Long> stamps, long[] before) {
        partitions.compare(stamps, before);
        partitions.endMatching(pattern);
    }

    /** Begins a new epoch of a partition: nothing that was read before is served any more. */
    public void beginEpoch(int partition) {
        partitions.of(partition).beginEpoch();
    }

    /** Somebody else than the far tier has told that what is kept of a key, or is being read just now, is out of date. */
    public void overtaken(K key, String text) {
        endFills(text);
        drop(key);
    }

    /** Begins a new epoch of every partition and lets go of all entries. */
    public void dropAll() {
        partitions.beginEpochs();
        nodes.asMap().keySet().forEach(this::drop);
    }

    /** Lets go of what is there under {@code key}. */
    public void drop(K key) {
        nodes.asMap().compute(key, (k, held) -> forget(held));
    }

    /**
     * Gives the entry that {@code seen} made another expiration, unless it has expired or the key has changed since. It
     * stays here no longer than before: only another fill can tell that the far tier still has it.
     */
    public void touch(K key, Version seen, long expires) {
        nodes.asMap().computeIfPresent(key, (k, held) -> touched(k, held, seen, expires));
    }

    /** Gives the entry that {@code seen} made that expiration if its own is later. */
    public void shorten(K key, Version seen, long expires) {
        nodes.asMap()
                .computeIfPresent(key, (k, held) -> held.expires() <= expires ? held : touched(k, held, seen, expires));
    }

    private NearNode<V> touched(K key, NearNode<V> held, Version seen, long expires) {
        return held.isOf(seen) && held.isLive(key, micros()) ? held.expiring(expires) : held;
    }

    private boolean removeOlder(K key, long stamp) {
        return removeIf(key, held -> held.isOlderThan(stamp));
    }

    /** Uses compute even where nothing is there: it waits for a fill that has looked at its token but not yet stored. */
    private boolean removeIf(K key, Predicate<NearNode<V>> condition) {
        AtomicBoolean removed = new AtomicBoolean();
        nodes.asMap().compute(key, (k, held) -> {
            removed.set(held != null && condition.test(held));
            return removed.get() ? forget(held) : held;
        });
        return removed.get();
    }

    private @Nullable NearNode<V> forget(@Nullable NearNode<V> node) {
        if (node != null) {
            node.goes();
            if (node.text() != null) {
                index.remove(node.text());
            }
        }
        return null;
    }

    /** Returns how many entries are kept, about; those that are no longer served count until they are met. */
    public long size() {
        return nodes.estimatedSize();
    }

    /** Returns how many keys can be found by their text only. */
    int indexed() {
        return index.size();
    }

    /** Returns how many keys are being read or written just now; 0 after quiet. */
    public int pending() {
        return tokens.size();
    }
}
