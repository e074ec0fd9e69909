package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Bounds;
import io.nearfar.fault.check.Checker;
import io.nearfar.fault.check.History;
import io.nearfar.fault.check.Invariant;
import io.nearfar.fault.check.Report;
import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Run;
import io.nearfar.fault.history.Span;
import io.nearfar.fault.history.Values;
import io.nearfar.fault.node.Caches;
import io.nearfar.fault.node.Client;
import io.nearfar.fault.node.NodeProcess;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.testing.RespClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** One run on a {@link Field}: its nodes get caches of their own, work, are stopped, read once more, and are judged. */
public final class Trial {
    /** What the judge may wait for the far tier: it is not part of the run. */
    private static final String PATIENT = "5s";

    private static final String EVICT =
            "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end";
    private static final long EVICTIONS = 10;
    private static final long SHORT_WARM_UP = 300;
    private static final long AFTERWARDS = 400;
    private static final long QUIET = 300;
    private static final long THREADS_END = 5_000;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Field field;
    private final Map<String, String> settings = new HashMap<>();
    private final List<Operation> done = new ArrayList<>();

    private Trial(Field field, Map<String, String> further) {
        this.field = field;
        settings.put("nearfar.prefix", "trial-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
        settings.put("nearfar.mode", "tiered");
        settings.put("nearfar.start", "require");
        settings.put("nearfar.near.maximum-entries", "100000");
        settings.putAll(further);
    }

    /** Opens the caches of all nodes, with these settings beside those that every trial has. */
    public static Trial open(Field field, Map<String, String> further) {
        Trial trial = new Trial(field, further);
        field.redis().flush(); // or every walk over all keys would meet those of all trials before
        trial.all((node, number) -> {
            List<Object> words = new ArrayList<>(List.of("open"));
            words.add("nearfar.address=" + field.address(number));
            trial.settings.forEach((key, value) -> words.add(key + "=" + value));
            return words.toArray();
        });
        return trial;
    }

    /** Gives the words of an order for a node. */
    private interface Order {
        Object[] words(NodeProcess node, int number);
    }

    /** Has all nodes do something at the same time. */
    private void all(Order order) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int number = 0; number < field.nodes().size(); number++) {
            NodeProcess node = field.node(number);
            answers.add(node.begin(order.words(node, number)));
        }
        answers.forEach(CompletableFuture::join);
    }

    void all(Object... words) {
        all((node, number) -> words);
    }

    public static void rest(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Has the far tier lose the entries of a cache again and again for so long, as a server does that has no room. */
    public void evict(Role role, long millis) {
        long from = System.nanoTime();
        long until = from + TimeUnit.MILLISECONDS.toNanos(millis);
        try (RespClient client = field.redis().connect()) {
            while (System.nanoTime() < until) {
                client.call("EVAL", EVICT, 0, "*:e:" + role.cache() + ":*");
                rest(EVICTIONS);
            }
        }
        happened(Kind.EVICTION, from, System.nanoTime());
    }

    /** Writes down what was done to the far tier. */
    void happened(Kind kind, long from, long to) {
        done.add(
                Operation.of(Caller.HARNESS, kind, History.EVERYTHING, Values.NOTHING, Outcome.DONE, Run.of(from, to)));
    }

    /** Has the far tier read everything that eternal caches hold. */
    void judge() {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("nearfar.address", field.address());
        properties.put("nearfar.mode", "far");
        properties.remove("nearfar.cache.kept.load-lease"); // it must be longer than a patient deadline
        properties.put("nearfar.deadline", PATIENT);
        properties.put("nearfar.connect-timeout", PATIENT);
        try (Caches caches = Caches.open(properties)) {
            Client judge = Client.of(Caller.JUDGE, caches);
            judge.getLast();
            done.addAll(judge.operations());
        }
    }

    /** Has all nodes work, strikes, lets them recover, and judges. */
    static Result run(Field field, List<? extends Fault> faults, Policy policy, Extent extent, long seed) {
        Map<String, String> settings = new HashMap<>(policy.settings());
        settings.putAll(extent.settings());
        if (extent == Extent.EVERYTHING) {
            field.servers().sendEvents();
        }
        Trial trial = open(field, settings);
        long warmUp = faults.stream().mapToLong(Fault::warmUp).max().orElse(0);
        Span trouble = trial.work(seed, extent.parts(), warmUp, () -> {
            faults.forEach(fault -> fault.strike(field, trial));
            long healed = System.nanoTime();
            rest(millisUntil(healed + Bounds.RECOVERY) - QUIET);
            return healed;
        });
        rest(millisUntil(trouble.returned() + Bounds.RECOVERY));
        trial.readLast();
        List<String> left = new ArrayList<>(trial.underWay(extent.rests()));
        trial.goOn(seed, extent);
        trial.close();
        History history = trial.history();
        List<CompletableFuture<String>> threads = trial.threads();
        boolean harmless = faults.stream().noneMatch(Fault::isTrouble);
        Report report = new Checker(policy.bounds(harmless ? List.of() : List.of(trouble))).check(history);
        threads.forEach(names -> left.addAll(leftBehind(names.join())));
        left.forEach(each -> report.findings().add(Invariant.I14, each));
        return new Result(report, trouble, report.recovery(trouble.returned()));
    }

    /** Has all nodes work while something happens, and reports what they saw. */
    public Report observed(long seed, String parts, Runnable happening) {
        return check(Bounds.closed(List.of(work(seed, parts, happening))));
    }

    /** Does the same while something happens that nobody is to notice. */
    public Report healthy(long seed, String parts, Runnable happening) {
        work(seed, parts, happening);
        return check(Bounds.ofHealth());
    }

    /** Does the same with caches that answer in an outage, but with nothing stale. */
    public Report answering(long seed, String parts, Runnable happening) {
        return check(Bounds.fresh(List.of(work(seed, parts, happening))));
    }

    /** Does the same, and reports also what is there when all should be well again. */
    public Report judged(long seed, String parts, Runnable happening) {
        Span trouble = work(seed, parts, happening);
        rest(millisUntil(trouble.returned() + Bounds.RECOVERY));
        readLast();
        return check(Bounds.closed(List.of(trouble)));
    }

    private Span work(long seed, String parts, Runnable happening) {
        return work(seed, parts, SHORT_WARM_UP, () -> {
            happening.run();
            return System.nanoTime();
        });
    }

    /** Returns when something was wrong; of its end {@code happening} tells. */
    private Span work(long seed, String parts, long warmUp, LongSupplier happening) {
        field.node(0).ask("prepare");
        all("start", seed, parts);
        rest(warmUp);
        long began = System.nanoTime();
        long healed = happening.getAsLong();
        all("stop");
        field.links().forEach(FaultProxy::heal);
        return new Span(began, healed);
    }

    /** Has all nodes work a little longer, when nothing may fail any more. */
    private void goOn(long seed, Extent extent) {
        all("start", seed + 1, extent.parts());
        rest(AFTERWARDS);
        all("stop");
    }

    private void readLast() {
        all("last");
        judge();
    }

    private static long millisUntil(long instant) {
        return TimeUnit.NANOSECONDS.toMillis(instant - System.nanoTime());
    }

    /** Checks all that was done so far. */
    public Report check(Bounds bounds) {
        return new Checker(bounds).check(history());
    }

    /**
     * Has the first node write so many keys while the second reads them for the first time, and the second read them
     * again when the writes are longer ago than a near tier may be behind.
     */
    public void race(int first, int count) {
        field.node(0).ask("race", "prepare", first, count);
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        all((node, number) -> new Object[] {"race", number == 0 ? "write" : "read", first, count, start});
        rest(TimeUnit.NANOSECONDS.toMillis(Bounds.HEALTHY) + QUIET);
        field.node(1).ask("race", "look", first, count);
    }

    /** Looks for what is still under way after so many milliseconds. */
    private List<String> underWay(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        return field.nodes().stream()
                .map(node -> pending(node, until))
                .filter(pending -> !isQuiet(pending))
                .map(pending -> "after quiet there is still under way: " + pending)
                .toList();
    }

    private static String pending(NodeProcess node, long until) {
        String pending = node.ask("pending");
        while (!isQuiet(pending) && System.nanoTime() < until) {
            rest(QUIET);
            pending = node.ask("pending");
        }
        return pending;
    }

    private static boolean isQuiet(String pending) {
        return pending.matches("\\{(\\w+=0(, )?)+}") && pending.contains("NearTier=");
    }

    /** Asks all nodes for the threads of caches that were closed; the last ends after a second, in which others can work. */
    private List<CompletableFuture<String>> threads() {
        return field.nodes().stream()
                .map(node -> node.begin("threads", THREADS_END))
                .toList();
    }

    private static List<String> leftBehind(String threads) {
        return threads.equals("[]") ? List.of() : List.of("after close there are still threads: " + threads);
    }

    /** Closes the caches of all nodes. */
    public void close() {
        field.links().forEach(FaultProxy::heal);
        all("close");
    }

    /** Returns all that was done since it was last asked for, by whomever. */
    History history() {
        field.nodes().forEach(node -> done.addAll(node.history()));
        done.addAll(field.stalls().take());
        List<Operation> all = List.copyOf(done);
        done.clear();
        return new History(all);
    }
}
