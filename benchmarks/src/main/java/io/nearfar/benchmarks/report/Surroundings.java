package io.nearfar.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** What a figure depends on besides the code. */
public final class Surroundings {
    private Surroundings() {}

    /** Returns date, Java, machine and its load as one line. */
    public static String line() {
        return String.join(
                " · ",
                LocalDate.now(ZoneOffset.UTC).toString(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors() + " cores",
                load());
    }

    /** Returns how many processes wanted a core during the last minute, this run's included. */
    public static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "load %.1f", load);
    }
}
