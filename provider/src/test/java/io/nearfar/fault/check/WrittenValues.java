package io.nearfar.fault.check;

import io.nearfar.fault.history.Role;
import java.util.Objects;
import java.util.Optional;

/** Every value that was read has a write that had begun and was not denied. */
final class WrittenValues implements Rule {
    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (KeyHistory key : history.keys()) {
            if (key.role() != Role.COUNTERS) {
                key.reads().stream()
                        .filter(read -> !read.isAbsence())
                        .forEach(read -> check(key, read, history, findings));
            }
        }
    }

    private static void check(KeyHistory key, Read read, History history, Findings findings) {
        Write write = key.writeOf(read.value());
        if (write != null && write.earliest() >= read.by().returned()) {
            findings.add(Invariant.I1, "a value was read before its write began", read.by(), write.by());
        } else if (write == null && key.denialOf(read.value()) != null) {
            findings.add(
                    Invariant.I7,
                    "a value was read whose writer was told that it was not written",
                    read.by(),
                    key.denialOf(read.value()));
        } else if (write == null) {
            ofAnother(history, read)
                    .ifPresentOrElse(
                            other -> findings.add(
                                    Invariant.I1, "a value was read that another key was given", read.by(), other.by()),
                            () -> findings.add(Invariant.I1, "a value was read that nobody wrote", read.by()));
        }
    }

    /** Returns the write of what was read under another key than its own, if there is one: no two writes have the same value. */
    private static Optional<Write> ofAnother(History history, Read read) {
        return history.keys().stream()
                .map(key -> key.writeOf(read.value()))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
