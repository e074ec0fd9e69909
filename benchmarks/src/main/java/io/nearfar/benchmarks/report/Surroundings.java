package io.nearfar.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a figure depends on besides the code. */
public final class Surroundings {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final long GIBIBYTE = 1L << 30;

    private Surroundings() {}

    /** Returns date, Java, machine and its load as one line. */
    public static String line() {
        return String.join(" · ", today(), java(), system(), load());
    }

    /** Returns the machine as it is and does not change during a run, one fact a line. */
    public static List<String> machine() {
        return List.of(
                today(),
                java(),
                system() + ", " + System.getProperty("os.version"),
                processor(),
                memory() / GIBIBYTE + " GiB of memory");
    }

    private static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    private static String java() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + " · "
                + Runtime.getRuntime().availableProcessors() + " cores";
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("a processor that does not name itself");
        } catch (IOException e) {
            return "a processor whose name is not known here";
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean known
                ? known.getTotalMemorySize()
                : 0;
    }

    /** Returns how many processes wanted a core during the last minute, this run's included. */
    public static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "load %.1f", load);
    }
}
