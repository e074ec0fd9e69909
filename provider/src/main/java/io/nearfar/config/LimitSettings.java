package io.nearfar.config;

import io.nearfar.LimitOutage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of rate limiting.
 *
 * @param enabled whether requests are counted at all
 * @param outage what holds in an outage for limits that have no policy of their own
 * @param maximumKeys of how many keys this process remembers something
 * @param deadline of a decision
 * @param far where requests are counted, over a link of its own, or null: in this process
 */
public record LimitSettings(
        boolean enabled,
        LimitOutage outage,
        long maximumKeys,
        Duration deadline,
        @Nullable FarSettings far) {}
