package io.nearfar.config;

import static io.nearfar.config.Importance.RARE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The settings of metrics. */
final class MetricsTable {
    private static final Set<Place> MANAGER = EnumSet.of(Place.MANAGER);

    static final Setting<String> PATH = new Setting<>(
            "metrics.path",
            Kinds.name("(/[A-Za-z0-9._~-]{1,64}){1,8}", "a path that begins with a slash, such as /metrics"),
            null,
            null,
            RARE,
            MANAGER,
            "Where within a web application `GET` is answered with the metrics, as text for Prometheus. Without, nowhere.");

    static final Setting<String> ROLE = new Setting<>(
            "metrics.role",
            Kinds.TEXT,
            null,
            null,
            RARE,
            MANAGER,
            "The role that who asks there must have. Without, everybody is answered who reaches the path.");

    static final Setting<Boolean> USUAL_NAMES = new Setting<>(
            "metrics.usual-names",
            Kinds.FLAG,
            "false",
            null,
            RARE,
            MANAGER,
            "Whether metrics are shown under the names that dashboards for other caches look for, such as"
                    + " `cache_hits_total`, too.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(PATH, ROLE, USUAL_NAMES);

    private MetricsTable() {}
}
