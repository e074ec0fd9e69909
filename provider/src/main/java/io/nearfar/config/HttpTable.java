package io.nearfar.config;

import static io.nearfar.config.Importance.FREQUENT;
import static io.nearfar.config.Importance.RARE;

import io.nearfar.AddressRange;
import io.nearfar.HttpSettings;
import io.nearfar.LimitMode;
import io.nearfar.PathLimit;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The settings of requests over HTTP, and of limits by their paths. */
final class HttpTable {
    private static final int BITS_OF_IPV6 = 128;
    private static final Set<Place> MANAGER = EnumSet.of(Place.MANAGER);
    private static final Set<Place> LIMIT = EnumSet.of(Place.LIMIT);

    static final Setting<List<AddressRange>> TRUSTED_PROXIES = new Setting<>(
            "http.trusted-proxies",
            Kinds.RANGES,
            null,
            null,
            FREQUENT,
            MANAGER,
            "Proxies that are believed when they say for whom they ask: addresses in numbers, and ranges of them as CIDR."
                    + " Without, a client is who connects.");

    static final Setting<HttpSettings.Forwarding> FORWARDING = new Setting<>(
            "http.forwarding",
            Kinds.choice(HttpSettings.Forwarding.class),
            "x-forwarded-for",
            null,
            RARE,
            MANAGER,
            "The field in which those proxies say it. The other one is not read, for a client could have written it.");

    static final Setting<Integer> IPV6_PREFIX = new Setting<>(
            "http.ipv6-prefix",
            Kinds.number(1, BITS_OF_IPV6, "bits"),
            "64",
            null,
            RARE,
            MANAGER,
            "How many bits of an IPv6 address make a client: the rest a client can choose by itself.");

    static final Setting<Boolean> LEGACY_FIELDS = new Setting<>(
            "http.legacy-fields",
            Kinds.FLAG,
            "false",
            null,
            RARE,
            MANAGER,
            "Whether responses carry `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset` (in seconds) too.");

    static final Setting<Boolean> DISCLOSE_ALL = new Setting<>(
            "http.disclose-all",
            Kinds.FLAG,
            "false",
            null,
            RARE,
            MANAGER,
            "Whether responses tell of limits that all clients share, and so how much load the application bears.");

    static final Setting<List<String>> PATHS = new Setting<>(
            "paths",
            Kinds.PATHS,
            null,
            null,
            FREQUENT,
            LIMIT,
            "Limits requests over HTTP whose path within the application matches: `/login`, `/api/*`, `*.pdf`, `/*` for all."
                    + " The limit needs it.");

    static final Setting<Long> PERMITS = new Setting<>(
            "permits",
            Kinds.count("permits"),
            null,
            "`100`, and `10000` by `all`",
            FREQUENT,
            LIMIT,
            "How many such requests there may be in a window.");

    static final Setting<Duration> WINDOW =
            new Setting<>("window", Kinds.DURATION, "60s", null, FREQUENT, LIMIT, "How long a window is.");

    static final Setting<PathLimit.Partition> BY = new Setting<>(
            "by",
            Kinds.choice(PathLimit.Partition.class),
            "client",
            null,
            FREQUENT,
            LIMIT,
            "Whose requests are counted together. `client`: those of a user, or of an address if nobody is signed in; `user`:"
                    + " those of a user, others pass; `address`: those of an address; `all`: all.");

    static final Setting<LimitMode> MODE = new Setting<>(
            "mode",
            Kinds.choice(LimitMode.class),
            "strict",
            null,
            RARE,
            LIMIT,
            "Where such requests are decided. `strict`: by the server, each of them; `leased`: by a node, as long as it holds"
                    + " credits of the limit, which are counted when it takes them. Needs a window of a second or more.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(
            TRUSTED_PROXIES, FORWARDING, IPV6_PREFIX, LEGACY_FIELDS, DISCLOSE_ALL, PATHS, PERMITS, WINDOW, BY, MODE);

    private HttpTable() {}
}
