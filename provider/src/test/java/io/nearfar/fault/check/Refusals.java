package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;

/** Nobody is told that something is not there while it certainly is, nor the reverse. */
final class Refusals implements Rule {
    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (KeyHistory key : history.keys()) {
            if (key.role().isEternal() && key.role() != Role.LOADED) {
                key.operations().stream()
                        .filter(operation -> operation.outcome() == Outcome.REFUSED)
                        .forEach(operation -> check(key, operation, findings));
            }
        }
    }

    private static void check(KeyHistory key, Operation refused, Findings findings) {
        Kind kind = refused.kind();
        if (kind == Kind.REPLACE_VALUE || kind == Kind.REMOVE_VALUE) {
            checkWanted(key, refused, findings);
        } else if (kind == Kind.PUT_IF_ABSENT) {
            checkAbsent(key, refused, findings);
        }
    }

    private static void checkWanted(KeyHistory key, Operation refused, Findings findings) {
        Write wanted = key.writeOf(refused.values().wanted());
        if (wanted != null && stands(key, wanted, refused)) {
            findings.add(Invariant.I7, "it was refused although what it wanted was there", refused, wanted.by());
        }
    }

    private static void checkAbsent(KeyHistory key, Operation refused, Findings findings) {
        key.removals()
                .filter(removal -> stands(key, removal, refused))
                .findFirst()
                .ifPresent(removal ->
                        findings.add(Invariant.I7, "it was refused although nothing was there", refused, removal.by()));
    }

    /** Tells whether a write certainly was the last one for as long as the call went on. */
    private static boolean stands(KeyHistory key, Write write, Operation call) {
        return write.sure()
                && write.latest() < call.invoked()
                && key.writes().stream()
                        .allMatch(other -> other.equals(write)
                                || other.by().equals(call)
                                || other.isBefore(write)
                                || other.earliest() > call.returned());
    }
}
