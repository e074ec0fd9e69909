package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Report;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * What all trials of one fault came to, as a line of a table: of each figure the worst.
 *
 * @param exceptions the classes of what was thrown
 * @param p99 of the delays after which other nodes knew of a change, in nanoseconds as all times
 */
record Row(
        String fault,
        Policy policy,
        int trials,
        long longest,
        Set<String> exceptions,
        long p99,
        long worst,
        long recovery) {
    static final List<String> HEAD = List.of(
            "Fault",
            "In an outage",
            "Trials",
            "Longest call",
            "Exceptions seen",
            "Staleness, p99",
            "Staleness, worst",
            "Time to recover");

    /** Which cell the worst staleness is. */
    static final int WORST = HEAD.indexOf("Staleness, worst");

    static Row of(String fault, Policy policy, Result result) {
        Report report = result.report();
        return new Row(
                fault,
                policy,
                1,
                report.longest() == null ? 0 : report.longest().run().longest(),
                report.failures().keySet(),
                report.delay(0.99),
                report.worst().nanos(),
                result.recovery());
    }

    /** Returns this with further trials of the same fault. */
    Row and(Row other) {
        Set<String> all = new TreeSet<>(exceptions);
        all.addAll(other.exceptions);
        return new Row(
                fault,
                policy,
                trials + other.trials,
                Math.max(longest, other.longest),
                all,
                Math.max(p99, other.p99),
                Math.max(worst, other.worst),
                Math.max(recovery, other.recovery));
    }

    /** Returns this as the row of the same fault under a further condition. */
    Row with(String condition) {
        return new Row(fault + ", " + condition, policy, trials, longest, exceptions, p99, worst, recovery);
    }

    List<String> cells() {
        return List.of(
                fault,
                policy.what(),
                String.valueOf(trials),
                millis(longest),
                exceptions.isEmpty() ? "none" : String.join(", ", exceptions),
                millis(p99),
                millis(worst),
                millis(recovery));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
    }
}
