package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Topology;
import io.nearfar.far.Session.Node;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.key.Keyspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.redisson.client.protocol.RedisCommand;

/**
 * A visit to the far tier by who is none of its nodes, such as a person: it subscribes to nothing unless it is asked to,
 * sends no beats, puts up no terms, heals nothing, and is patient. What it is not asked to change stays as it is.
 */
public final class FarVisit implements AutoCloseable {
    private static final int PAGE = 1_000;
    private static final int SAMPLE = 1_000;
    private static final long CLOSE_MILLIS = 2_000;

    /** Nobody's request waits behind it. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final FarSettings settings;
    private final Topology topology;
    private final Keyspace keyspace;
    private final VisitLink link;
    private final Calls calls;
    private final Sweeper sweeper;

    private FarVisit(FarSettings settings, Keyspace keyspace, Greeting greeting) throws Unreachable {
        this.settings = settings;
        this.topology = greeting.topology();
        this.keyspace = keyspace;
        this.link = new VisitLink(settings, keyspace, greeting);
        this.calls = new Calls(link, settings.deadline());
        this.sweeper = new Sweeper(calls);
    }

    /**
     * Connects, for at most five seconds. Rights are not asked for: who lacks one is told when it is needed.
     *
     * @throws javax.cache.CacheException if the server refuses what waiting cannot cure; names address and cause
     * @throws FarTierUnavailableException if no server answers
     */
    public static FarVisit open(FarSettings settings) {
        FarSettings patient = patient(settings);
        Keyspace keyspace = keyspace(settings);
        try {
            return new FarVisit(patient, keyspace, greet(patient, keyspace, (host, greeting, conversation) -> {}));
        } catch (Unreachable e) {
            throw unavailable(settings, e);
        }
    }

    /**
     * Returns the commands that Nearfar needs and the server refuses to the settings' user, each with the server's words.
     * Changes nothing.
     *
     * @throws javax.cache.CacheException if the server refuses what waiting cannot cure; names address and cause
     * @throws FarTierUnavailableException if no server answers
     */
    public static Map<String, String> missingRights(FarSettings settings) {
        Keyspace keyspace = keyspace(settings);
        Rights rights = new Rights(keyspace, settings.keyspaceEvents());
        try {
            greet(settings, keyspace, (host, greeting, conversation) -> rights.ask(greeting, conversation));
            return rights.missing();
        } catch (Unreachable e) {
            throw unavailable(settings, e);
        }
    }

    private static Greeting greet(FarSettings settings, Keyspace keyspace, Greeter.Questions questions)
            throws Unreachable {
        return new Greeter(settings, keyspace, true).greet(questions);
    }

    private static FarTierUnavailableException unavailable(FarSettings settings, Unreachable why) {
        return new FarTierUnavailableException(
                "The far tier at " + settings.address() + " (from " + settings.origin() + ") cannot be reached: "
                        + why.getMessage(),
                why);
    }

    private static Keyspace keyspace(FarSettings settings) {
        return new Keyspace(settings.prefix(), settings.address().database());
    }

    private static FarSettings patient(FarSettings settings) {
        return new FarSettings(
                settings.address(),
                settings.origin(),
                settings.prefix(),
                settings.start(),
                patient(settings.connectTimeout()),
                patient(settings.deadline()),
                settings.pingInterval(),
                settings.beat(),
                settings.nearLease(),
                false,
                settings.poolSize(),
                settings.poolMinimum(),
                settings.tls());
    }

    private static Duration patient(Duration set) {
        return set.compareTo(PATIENCE) < 0 ? PATIENCE : set;
    }

    /** Returns the servers that accept writes, with what each says of itself. */
    public List<FarServer> servers() {
        List<FarServer> servers = new ArrayList<>();
        for (Node node : calls.nodes()) {
            byte[] info = (byte[]) calls.read(node, Session.INFO).reply().get(0);
            servers.add(FarServer.of(node.master().address(), info));
        }
        return servers;
    }

    /** Returns how the servers belong together, as they say. */
    public Topology topology() {
        return topology;
    }

    /**
     * Looks closely at the servers that accept writes.
     *
     * @param wanted which of their settings are asked for, by their names there
     */
    public List<ExaminedServer> examine(Collection<String> wanted) {
        Examination examination = new Examination(calls, wanted);
        return calls.nodes().stream().map(examination::of).toList();
    }

    /** Returns what a node says of its cluster, or null if there is none. */
    public @Nullable ClusterSight cluster() {
        if (topology != Topology.CLUSTER) {
            return null;
        }
        byte[] nodes = (byte[]) calls.read(calls.nodes().get(0), Session.CLUSTER, "NODES")
                .reply()
                .get(0);
        return ClusterSight.of(new String(nodes, StandardCharsets.UTF_8));
    }

    /** Returns the last slow calls of each server, at most so many. */
    public List<SlowCall> slowCalls(int most) {
        List<SlowCall> slow = new ArrayList<>();
        for (Node node : calls.nodes()) {
            for (Object each : calls.read(node, Session.SLOWLOG, "GET", most).reply()) {
                List<Object> told = new ArrayList<>((List<?>) each);
                slow.add(SlowCall.of(node.master().address(), told));
            }
        }
        return slow;
    }

    /** Returns the prefixes under which something was ever written, whatever this visit's is. */
    public Set<String> prefixes() {
        Set<String> prefixes = new TreeSet<>();
        KeyPages pages = new KeyPages(calls, Keyspace.chainPattern(), PAGE);
        for (List<String> page = pages.next(); page != null; page = pages.next()) {
            for (String name : page) {
                String prefix = Keyspace.prefixOf(name);
                if (prefix != null) {
                    prefixes.add(prefix);
                }
            }
        }
        return prefixes;
    }

    /**
     * Returns the caches under the prefix, each version for itself, with the number of its entries, dead ones that were not deleted yet among
     * them. Asks for names only, page by page.
     *
     * @param progress is told now and then how many entries were met
     */
    public Map<CacheVersion, Long> caches(LongConsumer progress) {
        Map<CacheVersion, Long> entries = new TreeMap<>();
        Seen seen = new Seen();
        KeyPages pages = new KeyPages(calls, keyspace.cachePattern(), PAGE);
        long met = 0;
        for (List<String> page = pages.next(); page != null; page = pages.next()) {
            for (String name : page) {
                String cache = keyspace.cacheOf(name);
                if (cache != null && seen.add(name)) {
                    long one = keyspace.entryText(cache, name) == null ? 0 : 1;
                    entries.merge(CacheVersion.of(cache), one, Long::sum);
                    met += one;
                }
            }
            progress.accept(met);
        }
        return entries;
    }

    /**
     * Tells of every entry how many bytes of the server's memory it takes up. Unlike a question for its length this is no
     * use of the entry, by which a server would decide what to evict; it needs a right that nodes do without.
     *
     * @param cache the one whose entries are meant, in all its versions, or null for those of all caches
     * @throws io.nearfar.FarRefusalException if the user may not ask
     */
    public void sizes(@Nullable String cache, Measured met) {
        measure(cache, Session.MEMORY_USAGE, met);
    }

    /** Tells of every entry how many milliseconds the server will keep it, -1 for ever; see {@link #sizes}. */
    public void lifetimes(@Nullable String cache, Measured met) {
        measure(cache, Session.PTTL, met);
    }

    /**
     * Returns some entries of each cache, taken by chance, with what can be told of their lives.
     *
     * @param cache the one that is meant, in all its versions, or null for all
     */
    public List<CacheSample> sample(@Nullable String cache) {
        long now = calls.nodes().stream()
                .mapToLong(node -> Numbers.time(calls.read(node, Session.TIME).reply()))
                .max()
                .orElse(0);
        return new Sampling(calls, SAMPLE, new Random()).take(new CacheEntries(calls, keyspace, cache), now);
    }

    private void measure(@Nullable String cache, RedisCommand<List<Object>> question, Measured met) {
        new EntryMeasure(calls, question, met).ask(new CacheEntries(calls, keyspace, cache));
    }

    /** Is told a number of each entry. */
    @FunctionalInterface
    public interface Measured {
        /** An entry was met: that of this key, by its text, in this cache. */
        void tell(CacheVersion cache, String key, long number);
    }

    /** Returns one cache, in the version that its settings name, whether or not it exists. */
    public VisitedCache cache(CacheSettings cache) {
        return new VisitedCache(calls, keyspace, sweeper, cache);
    }

    /**
     * Has what is written, removed, cleared and invalidated under the prefix told to {@code news} from now on, by threads
     * that must not call this visit.
     *
     * @param lost is told of partitions whose messages may have been missed, or could not be understood
     * @throws FarTierUnavailableException if the servers do not confirm
     */
    public void watch(Consumer<FarNews> news, Consumer<Integer> lost) {
        Bus bus = new Bus(keyspace, false);
        Ear ear = new Ear(news, lost, link.session().inOrder());
        bus.add(ear);
        try {
            bus.attach(
                    link.session(),
                    settings.connectTimeout().plus(settings.deadline()).toNanos());
            ear.attached = true;
        } catch (TimeoutException | ExecutionException e) {
            throw new FarTierUnavailableException(
                    "Messages of " + settings.address() + " cannot be subscribed to: " + Failures.reason(e), e);
        }
    }

    /** Passes on what comes; before all is subscribed to, nobody can have missed anything. */
    private static final class Ear implements InvalidationSink {
        private final Consumer<FarNews> news;
        private final Consumer<Integer> lost;
        private final Executor line;
        private volatile boolean attached;

        Ear(Consumer<FarNews> news, Consumer<Integer> lost, Executor line) {
            this.news = news;
            this.lost = lost;
            this.line = line;
        }

        @Override
        public void received(Invalidation message) {
            if (!message.cache().isEmpty()) {
                line.execute(() -> news.accept(FarNews.of(message)));
            }
        }

        @Override
        public void resubscribed(int partition) {
            if (attached) {
                unreadable(partition);
            }
        }

        @Override
        public void unreadable(int partition) {
            line.execute(() -> lost.accept(partition));
        }
    }

    @Override
    public void close() {
        sweeper.close();
        sweeper.awaitEnd(CLOSE_MILLIS);
        link.close();
    }
}
