package io.nearfar.fault.check;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a read missed: changes that were acknowledged before it began, and that came after the one that it saw. On the
 * node of the change, and where the far tier was asked, nothing may be missed; elsewhere for a bounded time. The
 * longest time for which each node missed each change is kept.
 *
 * <p>What a node that fails open was itself told in an outage, it answers with until it finds the far tier back, whatever
 * the others have changed meanwhile and however long that lasts, also if nothing stale may be served. Others never see it
 * after a change that was made later.
 */
final class Staleness implements Rule {
    private static final Set<Role> UNMEASURED = EnumSet.of(Role.RACED, Role.ONCE, Role.COUNTERS);

    private final List<Long> delays = new ArrayList<>();
    private Span worst = new Span(0, 0);
    private long last = Long.MIN_VALUE;

    private record Reception(Write write, int node) {}

    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (KeyHistory key : history.keys()) {
            Map<Reception, Long> missed = new HashMap<>();
            key.sightings().forEach(read -> check(key, read, missed, history, bounds, findings));
            if (!UNMEASURED.contains(key.role())) {
                measure(key, missed);
            }
        }
    }

    /** Returns for every change and every other node how long it was missed there, in nanoseconds, sorted. */
    List<Long> delays() {
        return delays.stream().sorted().toList();
    }

    /** Returns the longest time for which a read missed a change: from the acknowledgement to the read. */
    Span worst() {
        return worst;
    }

    /** Returns when something was last read that was too stale for good health. */
    long last() {
        return last;
    }

    private void check(
            KeyHistory key, Read read, Map<Reception, Long> missed, History history, Bounds bounds, Findings findings) {
        Write seen = key.writeOf(read.value());
        Operation by = read.by();
        if (read.isOwnOfAnOutage(seen, bounds)) {
            return;
        }
        List<Write> all = key.endings(seen).stream()
                .filter(write -> write.latest() < by.lastInvoked() && read.minds(write))
                .toList();
        if (all.isEmpty()) {
            return;
        }
        int node = by.caller().node();
        all.forEach(write -> missed.merge(new Reception(write, node), by.lastInvoked() - write.latest(), Math::max));
        Write first = all.stream().min(Comparator.comparingLong(Write::latest)).orElseThrow();
        Write own = all.stream()
                .filter(write -> write.by().caller().node() == node)
                .findFirst()
                .orElse(null);
        if (read.byAuthority()) {
            report(unasked(by, first, seen), "the far tier itself was said to have", read, first, seen, findings);
        } else if (own != null) {
            report(invariant(own, Invariant.I3), "a node missed its own change and read", read, own, seen, findings);
        } else {
            checkOther(key, read, first, seen, history, bounds, findings);
        }
    }

    private void checkOther(
            KeyHistory key, Read read, Write first, Write seen, History history, Bounds bounds, Findings findings) {
        Span between = new Span(first.latest(), read.by().lastInvoked());
        if (between.nanos() > worst.nanos() && !UNMEASURED.contains(key.role())) {
            worst = between;
        }
        if (between.nanos() > Bounds.HEALTHY && !UNMEASURED.contains(key.role())) {
            last = Math.max(last, between.returned());
        }
        long allowed = bounds.allowed(between);
        if (between.nanos() > allowed && between.nanos() > allowed + history.stalled(between)) {
            Invariant invariant = invariant(first, key.role() == Role.RACED ? Invariant.I8 : Invariant.I4);
            String text = TimeUnit.NANOSECONDS.toMillis(between.nanos()) + " ms after it was acknowledged a node read";
            report(invariant, text, read, first, seen, findings);
        }
    }

    private static void report(
            Invariant invariant, String what, Read read, Write missed, Write seen, Findings findings) {
        findings.add(
                invariant, what + " what came before a change: read, change, write", read.by(), missed.by(), seen.by());
    }

    private static Invariant invariant(Write missed, Invariant otherwise) {
        Kind kind = missed.by().kind();
        return kind.isSweeping() ? Invariant.I9 : kind == Kind.LOSS ? Invariant.I11 : otherwise;
    }

    /** Returns what it means that the authority has something old: a write came late, or an answer was not its own. */
    private static Invariant unasked(Operation by, Write missed, Write seen) {
        boolean late = seen.by().outcome() == Outcome.FAILED;
        return invariant(missed, by.caller().equals(Caller.JUDGE) && !late ? Invariant.I5 : Invariant.I7);
    }

    private void measure(KeyHistory key, Map<Reception, Long> missed) {
        Set<Integer> readers = new HashSet<>();
        key.reads().forEach(read -> readers.add(read.by().caller().node()));
        readers.remove(Caller.JUDGE.node());
        for (Write write : key.changes().allAfter(Long.MIN_VALUE)) {
            readers.stream()
                    .filter(node -> node != write.by().caller().node())
                    .forEach(node -> delays.add(missed.getOrDefault(new Reception(write, node), 0L)));
        }
    }
}
