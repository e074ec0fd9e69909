package io.nearfar;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that hold for a cache, worked out when it was created and never changed afterwards. Immutable.
 *
 * @param cache the cache's name
 * @param mode which tiers it has: {@code near}, {@code tiered} or {@code far}
 * @param version which version of its entries it uses
 * @param timeToLive how long an entry lives after a write unless a rule is for its key; null if the expiry policy decides
 * @param nearMaximumEntries most entries in the near tier, in which {@link CacheFigures#nearSize} are; without meaning in mode
 *     {@code far}, and where {@code nearMaximumWeight} is not null
 * @param nearMaximumWeight most bytes in the near tier by estimate; null if entries are counted
 * @param nearTimeToLive longest stay in a near tier over a far one
 * @param maxStale oldest answer of the near tier in an outage that fails open
 * @param outage what operations answer in an outage: {@code open} or {@code closed}
 * @param codec the codec of objects that have no compact form
 * @param all every setting of a cache with its value as text and its origin, in the order of the reference page
 */
public record EffectiveSettings(
        String cache,
        String mode,
        int version,
        @Nullable Duration timeToLive,
        long nearMaximumEntries,
        @Nullable Long nearMaximumWeight,
        Duration nearTimeToLive,
        Duration maxStale,
        String outage,
        String codec,
        List<EffectiveSetting> all) {

    /** Keeps a copy of the list. */
    public EffectiveSettings {
        all = List.copyOf(all);
    }

    /** Returns the setting of that name, such as {@code near.ttl}, or nothing if a cache has none of that name. */
    public Optional<EffectiveSetting> setting(String name) {
        return all.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }
}
