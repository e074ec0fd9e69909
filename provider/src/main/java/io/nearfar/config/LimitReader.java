package io.nearfar.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the settings of rate limiting together. */
final class LimitReader {
    /** What belongs to the server of the caches, and to no other. */
    private static final List<Setting<?>> OF_THE_CACHES = List.of(
            ManagerTable.USER,
            ManagerTable.PASSWORD,
            ManagerTable.PASSWORD_FILE,
            ManagerTable.DATABASE,
            ManagerTable.TOPOLOGY,
            ManagerTable.MASTER,
            ManagerTable.KEYSPACE_EVENTS);

    private final Section manager;
    private final Mistakes mistakes;

    LimitReader(Section manager, Mistakes mistakes) {
        this.manager = manager;
        this.mistakes = mistakes;
    }

    /**
     * Returns the settings.
     *
     * @param caches the far tier of the caches, or null
     * @param prefix of the far keys; null only if neither the caches nor the limits have an address
     */
    LimitSettings read(@Nullable FarSettings caches, @Nullable Prefix prefix) {
        Given own = manager.given(LimitTable.ADDRESS);
        FarSettings far = own == null || prefix == null ? caches : FarReader.read(others(own), own, prefix, mistakes);
        boolean enabled = manager.valueOrDefault(LimitTable.ENABLED);
        Duration deadline = manager.valueOrDefault(LimitTable.DEADLINE);
        return new LimitSettings(
                enabled,
                manager.valueOrDefault(LimitTable.OUTAGE),
                manager.valueOrDefault(LimitTable.MAXIMUM_KEYS),
                deadline,
                far == null || !enabled ? null : far.ofLimits(deadline));
    }

    /** What is set for encrypted connections holds for this one, if it is one. */
    private Section others(Given address) {
        Section others = Section.joined(List.of(manager));
        OF_THE_CACHES.forEach(others::remove);
        if (!AddressReader.asksForTls(address.found().text())) {
            TlsTable.ALL.forEach(others::remove);
        }
        return others;
    }
}
