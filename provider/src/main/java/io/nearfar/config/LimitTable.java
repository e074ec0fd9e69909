package io.nearfar.config;

import static io.nearfar.config.Importance.FREQUENT;
import static io.nearfar.config.Importance.RARE;

import io.nearfar.LimitOutage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The settings of rate limiting. */
final class LimitTable {
    private static final Set<Place> MANAGER = EnumSet.of(Place.MANAGER);

    static final Setting<Boolean> ENABLED = new Setting<>(
            "limit.enabled",
            Kinds.FLAG,
            "true",
            null,
            FREQUENT,
            MANAGER,
            "Whether requests are counted against rate limits. `false`: all are admitted, and no server is asked.");

    static final Setting<LimitOutage> OUTAGE = new Setting<>(
            "limit.outage",
            Kinds.choice(LimitOutage.class),
            "open",
            null,
            FREQUENT,
            MANAGER,
            "What becomes of requests under a rate limit while the server does not answer. `open`: they are admitted;"
                    + " `closed`: they are denied; `local`: each node counts its own, from nothing.");

    static final Setting<String> ADDRESS = new Setting<>(
            "limit.address",
            Kinds.ADDRESS,
            null,
            "that of the caches",
            RARE,
            MANAGER,
            "Where requests are counted, if not where the caches are; also in mode `near`. User, password and database stand"
                    + " in the address.");

    static final Setting<Duration> DEADLINE = new Setting<>(
            "limit.deadline",
            Kinds.DURATION,
            "50ms",
            null,
            RARE,
            MANAGER,
            "How long a decision about a request may take. Then it counts as an outage.");

    static final Setting<Long> MAXIMUM_KEYS = new Setting<>(
            "limit.maximum-keys",
            Kinds.count("keys"),
            "100000",
            null,
            RARE,
            MANAGER,
            "Of how many keys a node remembers that they were denied, and how many it counts by itself without a server or in"
                    + " an outage. Beyond, the server is asked each time, and keys counted here share windows.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(ENABLED, OUTAGE, ADDRESS, DEADLINE, MAXIMUM_KEYS);

    private LimitTable() {}
}
