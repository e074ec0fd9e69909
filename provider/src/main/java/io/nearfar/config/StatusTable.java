package io.nearfar.config;

import static io.nearfar.config.Importance.RARE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The settings of what tells how caches are. */
final class StatusTable {
    private static final Set<Place> MANAGER = EnumSet.of(Place.MANAGER);

    static final Setting<Boolean> ENABLED = new Setting<>(
            "status.enabled",
            Kinds.FLAG,
            "true",
            null,
            RARE,
            MANAGER,
            "Whether a web application with the interceptors answers [`/cache-status`](status.md). `false`: the path is the"
                    + " application's own.");

    static final Setting<String> ROLE = new Setting<>(
            "status.role",
            Kinds.TEXT,
            "admin",
            null,
            RARE,
            MANAGER,
            "The role that a caller of `/cache-status` or `/cache-debug` must have. `**`: whoever is signed in; `none`:"
                    + " everybody.");

    static final Setting<Boolean> DEBUG = new Setting<>(
            "status.debug",
            Kinds.FLAG,
            "false",
            null,
            RARE,
            MANAGER,
            "Whether `/cache-debug` answers, which writes a value through both tiers, reads it and removes it.");

    static final Setting<Boolean> STRICT = new Setting<>(
            "health.strict",
            Kinds.FLAG,
            "false",
            null,
            RARE,
            MANAGER,
            "Whether the readiness check of MicroProfile Health is down while a server of the far tier does not answer. Then an"
                    + " outage of Redis takes every node out of service at once.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(ENABLED, ROLE, DEBUG, STRICT);

    private StatusTable() {}
}
