package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.config.FarSettings;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.List;

/** Requests that tests have counted by real servers, against two limits. */
final class LimitCalls {
    static final Limit USER = new Limit("user", 3, Duration.ofHours(1));
    static final Limit ALL = new Limit("all", 1_000, Duration.ofHours(1));

    private static final Duration SOON = Duration.ofSeconds(30);

    private LimitCalls() {}

    static FarLimits reached(FarSettings settings) {
        FarLimits limits = FarLimits.open(settings, settings.deadline());
        awaitReach(limits);
        return limits;
    }

    /** Decides now, and throws where a server does not answer. */
    static Verdict decide(FarLimits limits, List<Quota> quotas, long cost, boolean charge) {
        Counted counted = limits.decide(quotas, cost, charge, System.nanoTime());
        if (counted.failure() != null) {
            throw counted.failure();
        }
        assertThat(counted.quotas()).isEqualTo(quotas);
        return counted.verdict();
    }

    static void awaitReach(FarLimits limits) {
        await().atMost(SOON)
                .ignoreException(FarTierUnavailableException.class)
                .until(() -> decide(limits, List.of(ALL.of("reach")), 1, false).admitted());
    }

    static long used(FarLimits limits, Quota quota) {
        return decide(limits, List.of(quota), 1, false).standings().get(0).used();
    }

    static long calls(RealRedis server, String command) {
        String info = RespClient.text(server.call("INFO", "commandstats"));
        return info.lines()
                .filter(line -> line.matches("cmdstat_" + command + ":.*"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("^cmdstat_\\w+:calls=(\\d+),.*", "$1")))
                .sum();
    }
}
