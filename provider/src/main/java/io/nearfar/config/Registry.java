package io.nearfar.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every setting there is. Reading, validation, suggestions and the test of the reference page come from here; a key
 * that is not in these tables is a mistake.
 */
final class Registry {
    /** All settings, those of a manager first. */
    static final List<Setting<?>> ALL = Stream.of(
                    ManagerTable.ALL,
                    TlsTable.ALL,
                    LimitTable.ALL,
                    HttpTable.ALL,
                    StatusTable.ALL,
                    MetricsTable.ALL,
                    LogTable.ALL,
                    InvalidationTable.ALL,
                    WarmingTable.ALL,
                    CacheTable.ALL,
                    ResponseTable.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private Registry() {}

    /** Returns the settings that may stand there, longest names first so that the first match is the closest. */
    static List<Setting<?>> at(Place place) {
        return ALL.stream()
                .filter(setting -> setting.allows(place))
                .sorted((one, other) -> other.name().length() - one.name().length())
                .toList();
    }
}
