package io.nearfar.fault.window;

import io.nearfar.fault.history.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks for windows that hold more than their limit, from the outside: of each admission it knows an instant before it and one
 * after it, on one clock of all JVMs of the machine. What it finds is sure, since it takes every doubt to be in favour of the
 * limiter: a machine that is slow makes calls long, and so hides violations and makes up none.
 *
 * <p>A loss of what the server had counted lets the windows that may contain it hold the limit once more.
 */
final class WindowChecker {
    private final long window;
    private final List<Span> losses;

    /**
     * Creates one.
     *
     * @param windowNanos the length of a window. By how much the limiter's clock may run faster than that of the spans, the
     *     caller takes away from it
     * @param losses when the server may have lost what it had counted
     */
    WindowChecker(long windowNanos, List<Span> losses) {
        this.window = windowNanos;
        this.losses = List.copyOf(losses);
    }

    /** Returns what is wrong with the admissions under one key, in words, if something is. */
    Optional<String> violation(List<Admission> admissions) {
        List<Admission> bySending = new ArrayList<>(admissions);
        bySending.sort(Comparator.comparingLong(Admission::sent));
        return IntStream.range(0, bySending.size())
                .mapToObj(i -> together(bySending, i).or(() -> before(bySending.get(i), bySending)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** All that were sent at an instant or later, and answered within a window of it, are within one window. */
    private Optional<String> together(List<Admission> bySending, int first) {
        long from = bySending.get(first).sent();
        long permits = 0;
        long used = 0;
        long until = from;
        for (Admission admission : bySending.subList(first, bySending.size())) {
            if (admission.sent() - from >= window) {
                break;
            }
            if (admission.received() - from < window) {
                used += admission.cost();
                permits = Math.max(permits, admission.permits());
                until = Math.max(until, admission.received());
            }
        }
        return judge(used, permits, new Span(from, until));
    }

    /**
     * Whoever knew another limit counts all the same: what was answered before a request was sent, and sent within a window
     * of its answer, was in use when it was admitted.
     */
    private Optional<String> before(Admission last, List<Admission> bySending) {
        long used = last.cost();
        long from = last.sent();
        for (Admission admission : bySending) {
            if (admission != last
                    && admission.received() < last.sent()
                    && last.received() - admission.sent() < window) {
                used += admission.cost();
                from = Math.min(from, admission.sent());
            }
        }
        return judge(used, last.permits(), new Span(from, last.received()));
    }

    private Optional<String> judge(long used, long permits, Span within) {
        long lost = losses.stream()
                .filter(loss -> loss.invoked() <= within.returned() && loss.returned() >= within.invoked())
                .count();
        return used <= permits * (lost + 1)
                ? Optional.empty()
                : Optional.of(used + " permits of " + permits + " within " + within.nanos() / 1_000 + " of "
                        + window / 1_000 + " µs, and " + lost + " losses");
    }
}
