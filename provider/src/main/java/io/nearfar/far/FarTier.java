package io.nearfar.far;

import io.nearfar.CacheHealth;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.compression.ValueCompression;
import io.nearfar.invalidation.BeatSink;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import io.nearfar.key.Keyspace;
import io.nearfar.key.StoredName;
import io.nearfar.observe.FarSignals;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The far tier of one manager: a link to Redis or Valkey, shared by all its caches. Safe for use by several threads, but
 * for those that deliver messages to an {@link InvalidationSink}: they must not call it.
 */
public final class FarTier implements AutoCloseable {
    private static final long CLOSE_MILLIS = 2_000;

    private final Keyspace keyspace;
    private final Audience audience;
    private final Bus bus;
    private final Link link;
    private final Calls calls;
    private final Sweeper sweeper;
    private final Board board;
    private final Checkup checkup;
    private final LongAdder garbage = new LongAdder();

    private FarTier(FarSettings settings) {
        this.keyspace = new Keyspace(settings.prefix(), settings.address().database());
        this.audience = new Audience(keyspace, garbage, System::nanoTime);
        this.bus = new Bus(keyspace, settings.keyspaceEvents(), audience);
        audience.hearEndsBy(bus.events());
        this.link = new Link(settings, keyspace, bus);
        this.calls = new Calls(link, settings.deadline());
        this.sweeper = new Sweeper(calls);
        this.board = new Board(calls, keyspace);
        this.checkup = new Checkup(settings, link, calls);
    }

    /**
     * Connects, for at most five seconds. If the server cannot be reached, the tier starts in an outage and joins when
     * the server comes; one line says so. If the server was reached, the messages of all partitions are subscribed to
     * when this returns.
     *
     * @throws javax.cache.CacheException if the server refuses what waiting cannot cure, unless the start policy is
     *     lenient; if it cannot be reached and the policy is to require it. Names address and cause, never the password.
     */
    public static FarTier open(FarSettings settings) {
        FarTier tier = new FarTier(settings);
        try {
            tier.link.start();
            return tier;
        } catch (RuntimeException e) {
            tier.close();
            throw e;
        }
    }

    /**
     * Returns the far entries of a cache. Its {@link EntryStore#lookup} counts no signals and equals a read of the
     * authority; its {@link EntryStore#close} frees nothing, for everything is the tier's.
     *
     * @throws javax.cache.CacheException if the settings want values compressed by a library that is not there
     */
    public <K, V> FarEntries<K, V> store(CacheSettings settings, KeyFormat<K> keys, ValueFormat<V> values) {
        return store(settings, keys, values, FarSignals.UNWATCHED);
    }

    /**
     * Returns likewise the far entries of a cache whose calls and bytes are counted.
     *
     * @throws javax.cache.CacheException if the settings want values compressed by a library that is not there
     */
    public <K, V> FarEntries<K, V> store(
            CacheSettings settings, KeyFormat<K> keys, ValueFormat<V> values, FarSignals signals) {
        ValueCompression compression = new ValueCompression(settings);
        return new FarStore<>(
                new Calls(link, settings.deadline(), signals),
                new Names(keyspace, StoredName.of(settings)),
                sweeper,
                keys,
                new EntryReader<>(
                        StoredName.told(settings),
                        values,
                        compression,
                        settings.valueLimit(),
                        garbage,
                        signals,
                        settings.namespaces()),
                settings.loading().failSafe(),
                audience);
    }

    /**
     * Returns the far entries of a cache that is not open here, for who wants some of them to end. Its keys go by their texts;
     * nothing is decoded but standard types.
     */
    public FarEntries<KeyText, Object> unopened(CacheSettings cache) {
        CacheSettings settings = cache.ofVisitor();
        ClassLoader ours = FarTier.class.getClassLoader();
        return store(settings, new TextsAsKeys(), ValueFormats.byValue(settings, Object.class, ours));
    }

    /**
     * Has the messages of all caches under the prefix delivered to {@code sink}, from now on, in the order of each
     * partition, by threads that must not call the far tier.
     */
    public void subscribe(InvalidationSink sink) {
        bus.add(sink);
    }

    /** Has what is said again and again, while somebody here listens to what other nodes do, said by these threads. */
    public void listenBy(ScheduledExecutorService threads) {
        audience.speakBy(threads);
    }

    /**
     * Has the texts of the keys of a cache at whose entries something happened, by whomever, told to {@code changed}, if
     * the settings ask for keyspace events. Called by threads that must not call the far tier.
     */
    public void hear(String cache, Consumer<String> changed) {
        KeyspaceEvents events = bus.events();
        if (events != null) {
            events.hear(cache, changed);
        }
    }

    /** Ends what {@link #hear} began with the same arguments. */
    public void unhear(String cache, Consumer<String> changed) {
        KeyspaceEvents events = bus.events();
        if (events != null) {
            events.unhear(cache, changed);
        }
    }

    /**
     * Has the beats delivered to {@code sink}, from now on. Returns after the first, or after the deadline if the servers
     * do not answer.
     */
    public void watch(BeatSink sink) {
        link.watch(sink);
    }

    /**
     * Puts up on what terms this node has opened caches, by their names, and returns the terms that other nodes had put up.
     *
     * @param kept how long they stay unless they are put up again
     * @throws io.nearfar.FarTierUnavailableException if the server does not answer
     */
    public Map<String, String> post(Map<String, String> terms, Duration kept) {
        return board.post(terms, kept.toMillis());
    }

    /**
     * Takes down what this node has put up of these caches.
     *
     * @throws io.nearfar.FarTierUnavailableException if the server does not answer
     */
    public void takeDown(Collection<String> caches) {
        board.takeDown(caches);
    }

    /**
     * Makes all connections anew in the background, because the subscriptions seem to be dead although the server answers:
     * what the library below cannot mend by itself is mended so. At most once in a few seconds; never blocks.
     */
    public void renew() {
        link.renew();
    }

    /**
     * Returns the servers' time, of several the latest. It may be ahead of the truth by the time that one answer took,
     * never behind. Before a server was reached it is the time of this machine, by which then nothing is decided but
     * among this node's own entries.
     */
    public ServerClock clock() {
        return link::microsAt;
    }

    /**
     * Returns a number that changes with every outage of that partition and never comes back to what it was, also when
     * another server takes the place of the one that was away; below 0 if none takes the partition's writes at the moment.
     */
    public long troubles(int partition) {
        return calls.troubles(partition);
    }

    /** Returns how often a server was found not to answer and left alone for a while. */
    public long breakerOpenings() {
        return link.breakerOpenings();
    }

    /**
     * Asks the servers how they are: each that is thought to answer once, all at the same time. Takes as long as a read may at
     * most, and throws nothing if they do not answer.
     *
     * @param mode of the manager, for the answer
     */
    public CacheHealth health(String mode) {
        return checkup.health(mode);
    }

    /**
     * Asks the servers how they are, as {@link #health} does, and returns what each says.
     *
     * @throws io.nearfar.FarTierUnavailableException if none is known
     */
    public List<CacheHealth.Server> servers() {
        return checkup.servers();
    }

    /** Returns how many servers are left alone now, since they do not answer. */
    public int breakersOpen() {
        return link.breakersOpen();
    }

    /** Returns how often something under one of our keys was no entry, and counted as missing. */
    public long garbage() {
        return garbage.sum();
    }

    /** Frees connections and threads; far entries stay. Closing twice has no further effect. */
    @Override
    public void close() {
        sweeper.close();
        sweeper.awaitEnd(CLOSE_MILLIS);
        link.close();
    }
}
