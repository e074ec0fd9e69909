package io.nearfar.config;

import static io.nearfar.config.Importance.FREQUENT;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of a warming, which go before what its plan says in code. */
final class WarmingTable {
    private static final Set<Place> WARMING = EnumSet.of(Place.WARMING);

    static final Setting<Boolean> ENABLED = new Setting<>(
            "enabled",
            Kinds.FLAG,
            "true",
            null,
            FREQUENT,
            WARMING,
            "Whether this node takes part in the [warming](warming.md) of that name, for whatever cache.");

    static final Setting<Optional<Duration>> EVERY = new Setting<>(
            "every",
            Kinds.EVERY,
            null,
            "as the plan in code says",
            FREQUENT,
            WARMING,
            "How long after the begin of a run the next one is due. `none`: there is one run, as the nodes start.");

    static final Setting<Optional<Long>> KEYS_PER_SECOND = new Setting<>(
            "keys-per-second",
            Kinds.countOrNone("keys"),
            null,
            "as the plan in code says",
            FREQUENT,
            WARMING,
            "How many keys a run loads in a second at most. `none`: no limit.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(ENABLED, EVERY, KEYS_PER_SECOND);

    private WarmingTable() {}
}
