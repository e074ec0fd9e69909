package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Span;
import io.nearfar.fault.history.Values;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Nothing is read after its time, and what is read again and again does not end on any node. */
final class Lifetimes implements Rule {
    /** What is served so long after its end is still well served. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(50);

    /** An access may take so long to be known everywhere. */
    private static final long SPREAD = TimeUnit.MILLISECONDS.toNanos(250);

    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (KeyHistory key : history.keys()) {
            if (!key.role().isEternal()) {
                long life = key.role().life().toNanos();
                key.sightings()
                        .filter(read -> read.by().kind() == Kind.GET)
                        .forEach(read -> checkEnd(key, read, life, findings));
            }
            if (key.role().isTouched()) {
                key.absences()
                        .filter(read -> read.by().kind() == Kind.GET)
                        .forEach(read -> checkExtension(key, read, bounds, findings));
            }
        }
    }

    private static void checkEnd(KeyHistory key, Read read, long life, Findings findings) {
        Operation by = read.by();
        Write write = key.writeOf(read.value());
        long stored = write.latest() + (write.by().kind() == Kind.LOAD ? History.LONGEST_LOAD : 0);
        long begins = key.role().isTouched() ? Math.max(stored, lastAccess(key, by)) : stored;
        long late = by.lastInvoked() - (begins + life);
        if (late > LATE) {
            findings.add(
                    Invariant.I12,
                    TimeUnit.NANOSECONDS.toMillis(late) + " ms past its expiration it was read",
                    by,
                    write.by());
        }
    }

    /** Returns when the last access ended that may have extended what was read, however late. */
    private static long lastAccess(KeyHistory key, Operation read) {
        return accesses(key).stream()
                .filter(access -> !access.equals(read) && access.invoked() < read.lastInvoked())
                .mapToLong(Operation::lastReturned)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static List<Operation> accesses(KeyHistory key) {
        return key.operations().stream()
                .filter(operation ->
                        operation.kind() == Kind.PUT || operation.values().found() != Values.NONE)
                .toList();
    }

    private static void checkExtension(KeyHistory key, Read absence, Bounds bounds, Findings findings) {
        Operation by = absence.by();
        long life = key.role().life().toNanos() - SPREAD;
        List<Operation> accesses = accesses(key);
        accesses.stream()
                .filter(access -> access.outcome() == Outcome.DONE)
                .filter(access -> access.returned() < by.invoked() && by.returned() < access.invoked() + life)
                .filter(access -> !bounds.isTroubled(new Span(access.invoked(), by.returned())))
                .filter(access -> key.removals().noneMatch(removal -> mayOutlive(removal, access)))
                .filter(access ->
                        access.kind() == Kind.PUT || accesses.stream().anyMatch(each -> isBefore(each, access, life)))
                .findFirst()
                .ifPresent(access -> findings.add(
                        Invariant.I12, "it was missing although an access had given it more time", by, access));
    }

    /** Who reads an entry at its very end may come too late to let it live longer; so there must have been another not long before. */
    private static boolean isBefore(Operation before, Operation access, long life) {
        return before.returned() < access.invoked() && access.returned() < before.invoked() + life;
    }

    /** A near copy that was evicted below it is served, and extended, until it has stayed for as long as it may. */
    private static boolean mayOutlive(Write removal, Operation access) {
        return removal.by().kind() == Kind.EVICTION || removal.latest() > access.invoked();
    }
}
