package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** All that was done in a run, by whomever. */
public final class History {
    /** Stands for all keys: behind the name of a cache for its own, alone for those of the far tier, or of a node. */
    public static final String EVERYTHING = "*";

    private static final Set<Kind> OF_THE_FAR_TIER = EnumSet.of(Kind.LOSS, Kind.EVICTION);

    /** What may be lost when another server takes over from one that had not passed on everything. */
    private static final Set<Kind> CHANGES = EnumSet.of(
            Kind.PUT,
            Kind.PUT_ALL,
            Kind.REMOVE,
            Kind.EXPIRE,
            Kind.PUT_IF_ABSENT,
            Kind.REPLACE,
            Kind.REPLACE_VALUE,
            Kind.REMOVE_VALUE,
            Kind.GET_AND_PUT,
            Kind.GET_AND_REPLACE,
            Kind.GET_AND_REMOVE,
            Kind.INVOKE,
            Kind.LOAD,
            Kind.CLEAR,
            Kind.INVALIDATE,
            Kind.INVALIDATE_LIKE);

    /** What a loader brings is stored so long after it was called, at the latest. */
    static final long LONGEST_LOAD = TimeUnit.SECONDS.toNanos(1);

    private final List<Span> failovers;
    private final List<Span> moves;
    private final List<Operation> operations;
    private final List<Span> stalls;
    private final Map<String, KeyHistory> keys = new TreeMap<>();

    public History(Collection<Operation> operations) {
        this.failovers = spans(operations, Kind.FAILOVER);
        this.moves = spans(operations, Kind.MOVE);
        this.operations = operations.stream().map(this::dependable).toList();
        this.stalls =
                Span.union(of(Kind.STALL).map(stall -> stall.run().first()).toList());
        Map<String, List<Operation>> byKey = new TreeMap<>();
        for (Operation operation : this.operations) {
            byKey.computeIfAbsent(operation.key(), none -> new ArrayList<>()).add(operation);
        }
        byKey.forEach((key, ofIt) -> {
            if (!key.endsWith(EVERYTHING)) {
                keys.put(key, new KeyHistory(key, ofIt, ofAll(key, byKey)));
            }
        });
    }

    private static List<Span> spans(Collection<Operation> operations, Kind kind) {
        return operations.stream()
                .filter(operation -> operation.kind() == kind)
                .map(operation -> operation.run().first())
                .toList();
    }

    /**
     * Returns an operation as it can be relied on: nobody stands by a change that was made while servers changed, or by a walk
     * over keys while they moved.
     */
    private Operation dependable(Operation told) {
        boolean unsure = mayBeLost(told) || mayHaveMissedAKey(told);
        return unsure && told.outcome() != Outcome.NOTED ? told.unsure() : told;
    }

    private boolean mayHaveMissedAKey(Operation told) {
        Span all = new Span(told.invoked(), told.returned());
        return told.kind() == Kind.INVALIDATE && moves.stream().anyMatch(move -> move.overlap(all) > 0);
    }

    /** Tells whether it is a change that a server which took over may not know of, though it was seen before. */
    boolean mayBeLost(Operation operation) {
        long stored = operation.returned() + (operation.kind() == Kind.LOAD ? LONGEST_LOAD : 0);
        Span all = new Span(operation.invoked(), stored);
        return CHANGES.contains(operation.kind()) && failovers.stream().anyMatch(failover -> failover.overlap(all) > 0);
    }

    /** Returns how many changes of the run there are between two instants of which it is sure that they were made. */
    public long changes(Span between) {
        return operations.stream()
                .filter(operation -> CHANGES.contains(operation.kind()) && operation.outcome() == Outcome.DONE)
                .filter(operation -> operation.caller().isAtWork())
                .filter(operation ->
                        between.invoked() < operation.invoked() && operation.returned() < between.returned())
                .count();
    }

    private static List<Operation> ofAll(String key, Map<String, List<Operation>> byKey) {
        List<Operation> ofAll = new ArrayList<>(byKey.getOrDefault(EVERYTHING, List.of()));
        ofAll.addAll(byKey.getOrDefault(Role.of(key).key(EVERYTHING), List.of()));
        return ofAll;
    }

    public List<Operation> operations() {
        return operations;
    }

    Stream<Operation> of(Kind kind) {
        return operations.stream().filter(operation -> operation.kind() == kind);
    }

    /** Returns the loads of a key. */
    Stream<Operation> loads(String key) {
        KeyHistory history = keys.get(key);
        return history == null
                ? Stream.of()
                : history.operations().stream().filter(operation -> operation.kind() == Kind.LOAD);
    }

    Collection<KeyHistory> keys() {
        return keys.values();
    }

    /** Returns when the run began. */
    public long origin() {
        return operations.stream().mapToLong(Operation::invoked).min().orElse(0);
    }

    /** Tells whether the far tier may have lost something. */
    boolean hasLosses() {
        return operations.stream().anyMatch(operation -> OF_THE_FAR_TIER.contains(operation.kind()));
    }

    /** Returns for how long any node, or the machine, stood still within {@code span}, in nanoseconds. */
    long stalled(Span span) {
        return stalls.stream().mapToLong(stall -> stall.overlap(span)).sum();
    }
}
