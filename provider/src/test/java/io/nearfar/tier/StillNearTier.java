package io.nearfar.tier;

import io.nearfar.config.Mode;
import io.nearfar.near.NearCommons;
import io.nearfar.near.NearLease;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import java.util.List;

/** A near tier of one partition whose clocks stand still. */
final class StillNearTier {
    private StillNearTier() {}

    static NearTier<String, String> under(NearLease lease) {
        return new NearTier<>(
                FarSetups.cache("cities", Mode.TIERED, FarSetups.DEADLINE),
                new NearCommons(List.of(lease), nanos -> 1_000, () -> 0, partition -> {}),
                new CacheSignals("cities"),
                key -> key,
                text -> text,
                key -> key);
    }
}
