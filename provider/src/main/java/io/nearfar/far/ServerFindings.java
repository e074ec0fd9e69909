package io.nearfar.far;

import io.nearfar.CacheHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    private final String address;
    private final List<ServerFinding> findings = new ArrayList<>();

    private ServerFindings(String address) {
        this.address = address;
    }

    /** Returns them. */
    static Stream<ServerFinding> of(CacheHealth.Server server) {
        ServerFindings found = new ServerFindings(server.address());
        CacheHealth.Figures figures = server.figures();
        if (figures == null) {
            found.silence(server);
        } else {
            found.limit(figures);
            found.policy(figures);
            found.fullness(figures);
            found.age(figures);
        }
        CacheHealth.Clock clock = server.clock();
        if (clock != null) {
            found.clock(clock);
        }
        return found.findings.stream();
    }

    private void add(ServerFault fault, String seen) {
        findings.add(new ServerFinding(fault, address, seen));
    }

    private void silence(CacheHealth.Server server) {
        if (server.answers()) {
            add(ServerFault.NO_FIGURES, "answers and does not tell its figures (" + server.trouble() + ")");
        }
    }

    private void limit(CacheHealth.Figures figures) {
        if (figures.maximumMemory() <= 0) {
            add(ServerFault.NO_LIMIT, "has no limit of memory");
        }
    }

    private void policy(CacheHealth.Figures figures) {
        String policy = policyOf(figures);
        if (figures.maximumMemory() > 0 && policy.equals(EVICTS_NOTHING)) {
            add(ServerFault.NO_EVICTION, "evicts nothing");
        } else if (policy.endsWith("-random")) {
            add(ServerFault.EVICTION_BY_CHANCE, "evicts by chance (" + policy + ")");
        }
    }

    private static String policyOf(CacheHealth.Figures figures) {
        return figures.evictionPolicy().toLowerCase(Locale.ROOT);
    }

    /** Where there is a policy that evicts, a full memory is what a cache should have. */
    private void fullness(CacheHealth.Figures figures) {
        boolean isBounded = figures.maximumMemory() > 0 && policyOf(figures).equals(EVICTS_NOTHING);
        double percent = isBounded ? (double) PERCENT * figures.usedMemory() / figures.maximumMemory() : 0;
        if (percent >= FULL_PERCENT) {
            add(ServerFault.NEARLY_FULL, "has used " + (long) percent + " % of its memory and evicts nothing");
        }
    }

    private void age(CacheHealth.Figures figures) {
        Matcher version = VERSION.matcher(figures.version());
        if (!version.matches() || !figures.software().equals("Redis")) {
            return;
        }
        int major = Integer.parseInt(version.group(1));
        if (major < OLDEST_MAJOR || (major == OLDEST_MAJOR && Integer.parseInt(version.group(2)) < OLDEST_MINOR)) {
            add(ServerFault.OLD_VERSION, "runs Redis " + figures.version());
        }
    }

    private void clock(CacheHealth.Clock clock) {
        Duration known = clock.offset().abs().minus(clock.roundTrip().dividedBy(2));
        if (known.compareTo(FAR_OFF) > 0) {
            add(
                    ServerFault.CLOCK_OFF,
                    "has a clock that is " + clock.offset().abs().toMillis() + " ms "
                            + (clock.offset().isNegative() ? "behind" : "ahead of") + " this node's");
        }
    }
}
