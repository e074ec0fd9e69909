package io.nearfar.sample.live;

import io.nearfar.EffectiveSetting;
import java.util.List;

/**
 * How a cache of this node is set, and how well that serves.
 *
 * @param timeToLive how long entries live after a write, as ISO 8601 has it; {@code none} where something else says so
 * @param hitRate the share of reads that found an entry, from 0 to 1
 * @param nearSize entries in the near tier now
 * @param nearMaximum most entries in the near tier
 * @param evictions entries that the near tier let go for want of room
 * @param set what somebody has set, with its origin; all else is as it is by default
 */
public record LiveSettings(
        String cache,
        String mode,
        int version,
        String codec,
        String timeToLive,
        double hitRate,
        long nearSize,
        long nearMaximum,
        long evictions,
        List<EffectiveSetting> set) {}
