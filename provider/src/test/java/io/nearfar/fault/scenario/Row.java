package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Report;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a scenario came to, as a line of a table.
 *
 * @param recovery how long after the end of the fault anything still failed or was stale, in nanoseconds
 */
record Row(String fault, Policy policy, Report report, long recovery) {
    static final List<String> HEAD = List.of(
            "Fault",
            "Outage policy",
            "Longest call",
            "Exceptions",
            "Staleness, p99",
            "Staleness, worst",
            "Time to recover");

    List<String> cells() {
        return List.of(
                fault,
                policy.name().toLowerCase(Locale.ROOT),
                millis(report.longest() == null ? 0 : report.longest().run().longest()),
                exceptions(),
                millis(report.delay(0.99)),
                millis(report.worst().nanos()),
                millis(recovery));
    }

    /** Returns the cells as a line of a Markdown table. */
    String line() {
        return line(cells());
    }

    static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private String exceptions() {
        return report.failures().isEmpty()
                ? "none"
                : String.join(", ", report.failures().keySet());
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
    }
}
