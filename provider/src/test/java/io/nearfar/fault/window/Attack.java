package io.nearfar.fault.window;

import io.nearfar.fault.history.Span;
import io.nearfar.fault.node.Ask;
import io.nearfar.fault.node.Counter;
import io.nearfar.fault.node.Fire;
import io.nearfar.fault.node.Pace;
import io.nearfar.fault.node.Shots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Requests of all nodes under keys that nobody has used, and what became of them. */
final class Attack {
    /** How much the clock that counts may run faster than that of the spans: a hundredth of a window. */
    private static final long CLOCKS = 100;

    /** Credits are spent within a fiftieth of a window. */
    private static final long VALID = 50;

    private static final long PAUSE_MICROS = 1_000;
    private static final int THREADS = 2;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Range range;
    private final @Nullable Counter counter;
    private final Shape shape;
    private final ServerClock clock;
    private final ServerClock.Lead lead;
    private final String key = "key-" + NUMBER.incrementAndGet();
    private final Map<String, List<Admission>> admissions = new HashMap<>();
    private final List<Span> losses = new ArrayList<>();
    private long uncounted;
    private long leased;

    /**
     * The limit that is attacked. If its window is changed meanwhile, it is the shorter one.
     *
     * @param permits how many a window has
     * @param windowMicros its length
     * @param cost of a request
     * @param leased whether nodes may hold credits of it
     */
    record Shape(long permits, long windowMicros, long cost, boolean leased) {
        /** Returns how many requests of one of so many threads are sure to use up all permits. */
        int callsOf(int threads) {
            return (int) (permits / cost / threads) + 1;
        }
    }

    /**
     * Begins one.
     *
     * @param counter who is asked, or null for Nearfar's limiter
     */
    Attack(Range range, @Nullable Counter counter, Shape shape) {
        this.range = range;
        this.counter = counter;
        this.shape = shape;
        this.clock = new ServerClock(range.redis());
        this.lead = clock.lead();
    }

    /** Waits until the server's clock comes so near to the end of one of its full windows, in parts of a window. */
    void awaitBeforeEdge(double part) {
        clock.awaitBeforeEdge(shape.windowMicros, (long) (part * shape.windowMicros));
    }

    /** Asks as fast as it can, by all nodes, for more than all permits. */
    void burst() {
        fire(asks(), shape.callsOf(THREADS), 0);
    }

    /** Asks again and again, by all nodes, for so many windows. */
    void hammer(double windows) {
        fire(asks(), 0, windows);
    }

    /** Asks likewise for so many of its own windows, while the limit is another. */
    void hammer(double windows, Shape other) {
        begin(asks(), other, 0, windows).run();
    }

    /** Asks likewise under a limit of each node's own and one of all. */
    void hammerSeveral(double windows) {
        List<List<Ask>> asks = new ArrayList<>();
        long own = Math.max(shape.cost, shape.permits * 2 / 5);
        for (int node = 0; node < Range.NODES; node++) {
            asks.add(List.of(new Ask(key + "-" + node, own), new Ask(key, shape.permits)));
        }
        fire(asks, 0, windows);
    }

    /** Asks likewise for part of a window, the nodes knowing so many permits each. */
    void hammer(double windows, long... permits) {
        List<List<Ask>> asks = new ArrayList<>();
        for (long each : permits) {
            asks.add(List.of(new Ask(key, each)));
        }
        fire(asks, 0, windows);
    }

    private List<List<Ask>> asks() {
        List<Ask> one = List.of(new Ask(key, shape.permits));
        return List.of(one, one, one);
    }

    private void fire(List<List<Ask>> asks, int calls, double windows) {
        begin(asks, shape, calls, windows).run();
    }

    /** Begins to ask again and again; what comes back waits for the end of it. */
    Runnable begin(double windows) {
        return begin(asks(), shape, 0, windows);
    }

    private Runnable begin(List<List<Ask>> asks, Shape held, int calls, double windows) {
        List<CompletableFuture<Shots>> fires = new ArrayList<>();
        for (int node = 0; node < Range.NODES; node++) {
            fires.add(range.nodes()
                    .get(node)
                    .fire(new Fire(
                            counter,
                            held.leased,
                            asks.get(node),
                            held.windowMicros,
                            shape.cost,
                            calls,
                            (long) (windows * shape.windowMicros),
                            calls > 0 ? 0 : PAUSE_MICROS,
                            THREADS)));
        }
        return () -> {
            for (int node = 0; node < Range.NODES; node++) {
                note(asks.get(node), fires.get(node).join());
            }
        };
    }

    private void note(List<Ask> asks, Shots shots) {
        uncounted += shots.uncounted();
        leased += shots.leased();
        for (Ask ask : asks) {
            List<Admission> of = admissions.computeIfAbsent(ask.key(), any -> new ArrayList<>());
            shots.admitted().forEach(call -> of.add(new Admission(call, ask.permits(), shape.cost)));
        }
    }

    /**
     * Does something that makes the server lose what it has counted. What nodes have in hand of it they spend for as long as it is
     * valid, so that windows which begin within that time may hold it too.
     */
    void lose(Runnable event) {
        Span lost = Range.during(event);
        long validMicros = shape.leased ? shape.windowMicros / VALID : 0;
        losses.add(new Span(lost.invoked(), lost.returned() + TimeUnit.MICROSECONDS.toNanos(validMicros)));
    }

    /** Lets part of a window pass. */
    void rest(double windows) {
        Pace.rest(TimeUnit.MICROSECONDS.toNanos((long) (windows * shape.windowMicros)));
    }

    /** Rests until so many windows have passed since an instant of {@link System#nanoTime}. */
    void restSince(long begun, double windows) {
        long end = begun + TimeUnit.MICROSECONDS.toNanos((long) (windows * shape.windowMicros));
        Pace.rest(Math.max(0, end - System.nanoTime()));
    }

    /** Returns about how many requests nobody knows anything. */
    long uncounted() {
        return uncounted;
    }

    /** Tells whether nodes that may hold credits have spent some. */
    boolean hasUsedCredits() {
        return leased > 0 || !shape.leased;
    }

    /** Tells whether as many permits were had as a window has; else the attack has proved little. */
    boolean hasUsedAll() {
        return admissions.getOrDefault(key, List.of()).stream()
                        .mapToLong(Admission::cost)
                        .sum()
                > shape.permits - shape.cost;
    }

    /** Tells whether the server's clock went on as time does; if it jumped nothing can be concluded. */
    boolean isClockSteady() {
        return lead.isSteady(clock.lead(), shape.windowMicros / CLOCKS / 2);
    }

    /** Returns what is wrong, if something is. */
    Optional<String> violation() {
        long nanos = TimeUnit.MICROSECONDS.toNanos(shape.windowMicros - shape.windowMicros / CLOCKS);
        WindowChecker checker = new WindowChecker(nanos, losses);
        return admissions.values().stream()
                .map(checker::violation)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
