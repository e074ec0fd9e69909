package io.nearfar.far;

import io.nearfar.CacheHealth;
import io.nearfar.CacheHealth.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What should be looked after at a server, by what it says of itself and by its clock. */
final class ServerFindings {
    /** A server that evicts nothing is nearly full from here on. */
    private static final int FULL_PERCENT = 90;

    private static final int PERCENT = 100;

    /** Nothing of ours is decided by a node's clock, so only a difference that people stumble over is told. */
    private static final Duration FAR_OFF = Duration.ofSeconds(2);

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");
    private static final int OLDEST_MAJOR = 6;
    private static final int OLDEST_MINOR = 2;
    private static final String EVICTS_NOTHING = "noeviction";

    private ServerFindings() {}

    /** Returns them. */
    static Stream<Warning> of(CacheHealth.Server server) {
        List<Warning> findings = new ArrayList<>();
        CacheHealth.Figures figures = server.figures();
        if (figures == null) {
            add(findings, silence(server));
        } else {
            add(findings, limit(server.address(), figures));
            add(findings, policy(server.address(), figures));
            add(findings, fullness(server.address(), figures));
            add(findings, age(server.address(), figures));
        }
        CacheHealth.Clock clock = server.clock();
        if (clock != null) {
            add(findings, clock(server.address(), clock));
        }
        return findings.stream();
    }

    private static void add(List<Warning> findings, @Nullable Warning finding) {
        if (finding != null) {
            findings.add(finding);
        }
    }

    private static @Nullable Warning silence(CacheHealth.Server server) {
        return server.answers()
                ? new Warning(
                        "NF0327",
                        server.address() + " answers and does not tell its figures: " + server.trouble()
                                + ". Give the user the right to INFO")
                : null;
    }

    private static @Nullable Warning limit(String address, CacheHealth.Figures figures) {
        return figures.maximumMemory() > 0
                ? null
                : new Warning(
                        "NF0321",
                        address + " has no limit of memory: it takes what there is, until the machine has no more."
                                + " Set maxmemory, with maxmemory-policy volatile-lru if it holds caches alone");
    }

    private static @Nullable Warning policy(String address, CacheHealth.Figures figures) {
        String policy = figures.evictionPolicy().toLowerCase(Locale.ROOT);
        if (figures.maximumMemory() > 0 && policy.equals(EVICTS_NOTHING)) {
            return new Warning(
                    "NF0322",
                    address + " evicts nothing: when its memory is full, entries are not stored any more."
                            + " Set maxmemory-policy volatile-lru, unless other data on it must not go");
        }
        return policy.endsWith("-random")
                ? new Warning(
                        "NF0323",
                        address + " evicts by chance (" + policy + "), also what is read all the time."
                                + " Set maxmemory-policy volatile-lru or volatile-lfu")
                : null;
    }

    /** Where there is a policy that evicts, a full memory is what a cache should have. */
    private static @Nullable Warning fullness(String address, CacheHealth.Figures figures) {
        boolean isBounded = figures.maximumMemory() > 0
                && figures.evictionPolicy().toLowerCase(Locale.ROOT).equals(EVICTS_NOTHING);
        double percent = isBounded ? (double) PERCENT * figures.usedMemory() / figures.maximumMemory() : 0;
        return percent < FULL_PERCENT
                ? null
                : new Warning(
                        "NF0324",
                        address + " has used " + (long) percent + " % of its memory and evicts nothing:"
                                + " soon it refuses writes. Raise maxmemory, or let it evict");
    }

    private static @Nullable Warning age(String address, CacheHealth.Figures figures) {
        Matcher version = VERSION.matcher(figures.version());
        if (!version.matches() || !figures.software().equals("Redis")) {
            return null;
        }
        int major = Integer.parseInt(version.group(1));
        boolean isOld =
                major < OLDEST_MAJOR || (major == OLDEST_MAJOR && Integer.parseInt(version.group(2)) < OLDEST_MINOR);
        return isOld
                ? new Warning(
                        "NF0326",
                        address + " runs Redis " + figures.version() + ", and Nearfar needs 6.2 or later. Upgrade it")
                : null;
    }

    private static @Nullable Warning clock(String address, CacheHealth.Clock clock) {
        Duration known = clock.offset().abs().minus(clock.roundTrip().dividedBy(2));
        if (known.compareTo(FAR_OFF) <= 0) {
            return null;
        }
        return new Warning(
                "NF0325",
                "The clock of " + address + " is " + clock.offset().abs().toMillis() + " ms "
                        + (clock.offset().isNegative() ? "behind" : "ahead of")
                        + " this node's. Caches go by the server's"
                        + " alone; logs, and times that are told to people, differ. Let both follow a time server");
    }
}
