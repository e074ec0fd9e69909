package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that was done in a run, by whomever. */
public final class History {
    /** Stands for all keys: behind the name of a cache for its own, alone for those of the far tier, or of a node. */
    public static final String EVERYTHING = "*";

    private static final Set<Kind> OF_THE_FAR_TIER = EnumSet.of(Kind.LOSS, Kind.EVICTION);

    private static final Set<Kind> OF_CALLERS = EnumSet.complementOf(EnumSet.of(
            Kind.LAST_GET, Kind.EVENT, Kind.STALL, Kind.TURN, Kind.LOSS, Kind.EVICTION, Kind.SILENCE, Kind.FAILOVER));

    private final List<Operation> operations;
    private final List<Span> stalls;
    private final Map<String, KeyHistory> keys = new TreeMap<>();

    public History(Collection<Operation> operations) {
        this.operations = dependable(operations);
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

    /** Returns the operations; nobody stands by what was told while servers changed, not even the servers. */
    private static List<Operation> dependable(Collection<Operation> told) {
        List<Span> failovers = told.stream()
                .filter(operation -> operation.kind() == Kind.FAILOVER)
                .map(failover -> failover.run().first())
                .toList();
        return told.stream()
                .map(operation -> isDoubtful(operation, failovers) ? operation.unsure() : operation)
                .toList();
    }

    private static boolean isDoubtful(Operation operation, List<Span> failovers) {
        Span all = new Span(operation.invoked(), operation.lastReturned());
        return OF_CALLERS.contains(operation.kind())
                && failovers.stream().anyMatch(failover -> failover.overlap(all) > 0);
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
