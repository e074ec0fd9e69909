package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.FarSettings;
import io.nearfar.config.StartPolicy;
import io.nearfar.config.Topology;
import io.nearfar.far.Session.Node;
import io.nearfar.far.Ticks.Tick;
import io.nearfar.invalidation.BeatSink;
import io.nearfar.key.Keyspace;
import io.nearfar.resilience.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connection to the far tier, in a thread of its own so that no caller ever waits for one, and keeps the
 * servers' clocks known. What waiting can cure is tried again until it works.
 */
final class Link implements Connecting, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    /** A start takes at most five seconds; the rest is for threads to notice. */
    static final long START_NANOS = TimeUnit.MILLISECONDS.toNanos(4_800);

    private static final long FIRST_ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long CLOSE_MILLIS = 2_000;
    private static final int LISTENERS = 2;
    private static final Backoff BACKOFF = new Backoff(
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.SECONDS.toNanos(1),
            () -> ThreadLocalRandom.current().nextDouble());

    private final FarSettings settings;
    private final Keyspace keyspace;
    private final Hearing bus;
    private final LinkThreads listening = LinkThreads.bringing("nearfar-events");
    private final ExecutorService events = Executors.newFixedThreadPool(LISTENERS, listening);
    private final LinkThreads network = LinkThreads.bringing("nearfar-network");
    private final LinkThreads connecting = LinkThreads.waiting("nearfar-link");
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, connecting);
    private final Beats beats;
    private final Ticks ticks;
    private volatile @Nullable Session session;
    private volatile @Nullable Greeter greeter;
    private volatile String missing = "not tried yet";
    private volatile @Nullable Topology topology;
    private @Nullable Future<?> ticking;
    private final Troubles troubles;
    private boolean closed;
    private @Nullable Thread renewing;
    private final LongSupplier nanoTime;
    private final Renewal renewal;
    private int failures;

    Link(FarSettings settings, Keyspace keyspace, Hearing bus) {
        this(settings, keyspace, bus, System::nanoTime);
    }

    /** Creates one that connects anew as seldom as {@code nanoTime} has it. */
    Link(FarSettings settings, Keyspace keyspace, Hearing bus, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.renewal = new Renewal(nanoTime.getAsLong());
        this.settings = settings;
        this.keyspace = keyspace;
        this.bus = bus;
        this.troubles = new Troubles(bus.where());
        this.beats = new Beats(keyspace, thread::execute, settings.deadline());
        this.ticks = new Ticks(settings.beat(), System.nanoTime());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Tries to connect, for at most five seconds.
     *
     * @throws CacheException if that failed and the start policy does not let the application start without
     */
    void start() {
        Future<?> first = thread.submit(() -> {
            connect();
            return null;
        });
        try {
            first.get(START_NANOS, TimeUnit.NANOSECONDS);
            return;
        } catch (TimeoutException e) {
            unreached("no answer within " + TimeUnit.NANOSECONDS.toMillis(START_NANOS) + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unreached("the starting thread was interrupted", e);
        } catch (ExecutionException e) {
            failed(e.getCause());
        }
        thread.execute(this::tryAgain);
    }

    private void failed(@Nullable Throwable cause) {
        String why = cause == null ? "no cause" : String.valueOf(cause.getMessage());
        if (cause instanceof Unreachable) {
            unreached(why, cause);
        } else if (settings.start() == StartPolicy.LENIENT) {
            lasting(why);
        } else {
            throw new CacheException(why, cause);
        }
    }

    private void unreached(String why, @Nullable Throwable cause) {
        missing = why;
        if (settings.start() == StartPolicy.REQUIRE) {
            throw new CacheException(
                    "The far tier at " + settings.address() + " (from " + settings.origin()
                            + ") cannot be reached: " + why
                            + ". Start the server, correct the address, or allow a start"
                            + " without it by nearfar.start = lenient",
                    cause);
        }
        LOG.warn(
                "NF0301 {}: the far tier (from {}) cannot be reached and is tried again at least every second: {}",
                name(),
                settings.origin(),
                why);
    }

    /** Connects unless that has happened meanwhile; where it fails, comes back after a wait. */
    private void tryAgain() {
        try {
            if (session == null) {
                connect();
            }
            LOG.info("NF0305 {}: the far tier has been reached", name());
        } catch (Unreachable e) {
            missing = String.valueOf(e.getMessage());
            retry();
        } catch (RuntimeException e) {
            lasting(String.valueOf(e.getMessage()));
            retry();
        }
    }

    private void lasting(String why) {
        if (!why.equals(missing)) {
            LOG.error("NF0306 {}: the far tier is there and refuses, until somebody corrects it: {}", name(), why);
        }
        missing = why;
    }

    private void retry() {
        failures++;
        if (!thread.isShutdown()) {
            thread.schedule(this::tryAgain, BACKOFF.nanos(failures), TimeUnit.NANOSECONDS);
        }
    }

    private void connect() throws Unreachable {
        Greeter asking = new Greeter(settings, keyspace, bus.needsRights());
        greeter = asking;
        if (isClosed()) {
            asking.abort();
        }
        Greeting greeting = asking.greet();
        topology = greeting.topology();
        Session fresh = new Session(redisson(greeting), events, keyspace, greeting.sharded(), troubles);
        try {
            readClocks(fresh);
            bus.attach(fresh, attachNanos());
            take(fresh);
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            fresh.close();
            throw new Unreachable("it was reached, but then " + Failures.reason(e), e);
        }
    }

    private long attachNanos() {
        return settings.connectTimeout().toNanos() + settings.deadline().toNanos();
    }

    private RedissonClient redisson(Greeting greeting) throws Unreachable {
        Config config = new LinkConfig(settings, greeting)
                .redisson(events, work -> network.newThread(work).start());
        try {
            return Clients.connected(config);
        } catch (RuntimeException e) {
            throw new Unreachable("it was reached, but then " + Failures.reason(e), e);
        }
    }

    /** Puts the session in the place of the one before, if there is one. */
    private void take(Session fresh) {
        Session old;
        synchronized (this) {
            old = closed ? fresh : session;
            session = closed ? null : fresh;
            tickWith(closed ? null : fresh);
        }
        if (old != null) {
            old.close();
        }
    }

    private void tickWith(@Nullable Session current) {
        if (ticking != null) {
            ticking.cancel(false);
        }
        long tick = ticks.everyNanos();
        ticking = current == null
                ? null
                : thread.scheduleWithFixedDelay(() -> tick(current), tick, tick, TimeUnit.NANOSECONDS);
    }

    private String name() {
        return troubles.name(settings.address());
    }

    /** Makes a session anew in the background, because messages do not come, unless that was done shortly before. */
    void renew() {
        renew("the far tier answers, but messages of writes do not come");
    }

    private synchronized void renew(String why) {
        if (session != null && !isRenewing() && renewal.isDue(nanoTime.getAsLong())) {
            renewing = LinkThreads.daemon("nearfar-renewal", () -> replace(why));
            renewing.start();
        }
    }

    /** One at a time: closing has to end what still connects, and waits for it. */
    private boolean isRenewing() {
        return renewing != null && renewing.isAlive();
    }

    private void replace(String why) {
        LOG.warn("NF0311 {}: {}: connecting anew", name(), why);
        try {
            connect();
        } catch (Unreachable | RuntimeException e) {
            LOG.warn(
                    "NF0312 {}: connecting anew has failed, and the connections of before are kept: {}",
                    name(),
                    e.getMessage());
        }
    }

    private void tick(Session current) {
        try {
            Tick tick = ticks.next(System.nanoTime());
            beats.tick(current, tick);
            if (tick.isOfBeats() && !bus.isAttachedTo(current)) {
                renew("keyspace events come from other masters now");
            }
        } catch (Throwable e) { // what leaves here ends the beats
            LOG.error("NF0310 {}: a beat could not be sent", name(), e);
        }
    }

    /** Reads the clocks of the servers; one that is not known yet is read with the first beat. */
    private void readClocks(Session fresh) {
        FarTierUnavailableException failure = null;
        List<Master> known = new ArrayList<>();
        for (Node node : fresh.nodes()) {
            try {
                new Exchange(fresh, node, "TIME", firstAnswerNanos()).readClock();
                known.add(node.master());
            } catch (FarTierUnavailableException e) {
                LOG.debug("{}: the clock could not be read", node.master().address(), e);
                failure = e;
            }
        }
        if (known.isEmpty() && failure != null) {
            throw failure;
        }
        beats.learnTime(known);
    }

    /** The first answer over a connection takes longer than others, and nobody waits for it yet. */
    private long firstAnswerNanos() {
        return Math.max(FIRST_ANSWER_NANOS, settings.deadline().toNanos());
    }

    /** Has beats delivered to {@code sink}; returns after the first, if the servers answer within the deadline. */
    void watch(BeatSink sink) {
        beats.add(sink);
        Session current = session;
        if (current == null) {
            return;
        }
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        thread.execute(() -> beats.round(current).whenComplete((nothing, failure) -> first.complete(true)));
        try {
            Waiting.get(first, System.nanoTime() + settings.deadline().toNanos());
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("{}: the first beat has had no answer yet", settings.address(), e);
        }
    }

    /** Returns the latest that the servers' clocks can show at that instant of this process's clock. */
    long microsAt(long nanoTime) {
        return beats.microsAt(nanoTime);
    }

    @Override
    public Session session() {
        Session current = session;
        if (current == null) {
            throw Failures.notConnected(settings.address().toString(), missing);
        }
        return current;
    }

    /** Returns how the servers belong together: as one of them has said, and before that as the address says. */
    Topology topology() {
        Topology told = topology;
        return told == null ? settings.address().topology() : told;
    }

    /** Returns how often a server was found not to answer. */
    long breakerOpenings() {
        return troubles.openings();
    }

    /** Returns how many servers are left alone now. */
    int breakersOpen() {
        Session current = session;
        return current == null
                ? 0
                : (int) current.nodes().stream()
                        .filter(node -> node.master().breaker().isOpen())
                        .count();
    }

    @Override
    public void close() {
        Session current = leave();
        thread.shutdownNow();
        abortGreeting();
        if (current != null) {
            current.close();
        }
        try {
            awaitConnecting();
            listening.awaitEnd(CLOSE_MILLIS);
            network.awaitEnd(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What still connects closes what it has made, and needs the threads of events for that. */
    private void awaitConnecting() throws InterruptedException {
        try {
            awaitRenewal();
            connecting.awaitEnd(CLOSE_MILLIS);
        } finally {
            events.shutdown();
        }
    }

    /** It waits for confirmations no longer than this. */
    private void awaitRenewal() throws InterruptedException {
        Thread current = renewal();
        if (current != null) {
            current.join(CLOSE_MILLIS + TimeUnit.NANOSECONDS.toMillis(attachNanos()));
        }
    }

    private synchronized @Nullable Thread renewal() {
        return renewing;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** What is asked over a plain socket heeds no interrupt. */
    private void abortGreeting() {
        Greeter current = greeter;
        if (current != null) {
            current.abort();
        }
    }

    private synchronized @Nullable Session leave() {
        Session current = session;
        closed = true;
        missing = "the tier is closed";
        session = null;
        return current;
    }
}
