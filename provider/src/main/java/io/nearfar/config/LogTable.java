package io.nearfar.config;

import static io.nearfar.config.Importance.RARE;

import java.util.EnumSet;
import java.util.List;

/** The settings of the log. */
final class LogTable {
    static final Setting<Boolean> KEYS = new Setting<>(
            "log.keys",
            Kinds.FLAG,
            "false",
            null,
            RARE,
            EnumSet.of(Place.MANAGER),
            "Whether the log of [operations](log.md#operations) shows keys, tags and patterns as they are. `false`: it shows a"
                    + " short hash of each, for keys may be names of people.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(KEYS);

    private LogTable() {}
}
