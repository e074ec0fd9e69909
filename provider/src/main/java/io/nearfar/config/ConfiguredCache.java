package io.nearfar.config;

import io.nearfar.EffectiveSetting;
import io.nearfar.EffectiveSettings;
import java.time.Duration;
import java.util.List;

/**
 * What the settings come to for one cache.
 *
 * @param settings what the rooms go by
 * @param shown what is shown to who asks
 */
public record ConfiguredCache(CacheSettings settings, EffectiveSettings shown) {
    /**
     * Returns the same with what {@code now} says of how long entries live. A time-to-live that is not set there any more stays as
     * it is here.
     */
    public ConfiguredCache livingAs(ConfiguredCache now) {
        Duration other = now.settings.timeToLive();
        boolean stays = other == null && settings.timeToLive() != null;
        CacheSettings own = settings.living(stays ? settings.timeToLive() : other, now.settings.timeToLiveRules());
        List<EffectiveSetting> all = shown.all().stream()
                .map(setting -> isOfNow(setting.name(), stays)
                        ? now.shown.setting(setting.name()).orElse(setting)
                        : setting)
                .toList();
        return new ConfiguredCache(own, ShownSettings.of(own, all));
    }

    private static boolean isOfNow(String setting, boolean timeToLiveStays) {
        return setting.equals(CacheTable.TTL_RULES.name()) || setting.equals(CacheTable.TTL.name()) && !timeToLiveStays;
    }

    /** Returns those of the same cache in another version, which is then none that a setting names. */
    public ConfiguredCache in(int version) {
        List<EffectiveSetting> all = shown.all().stream()
                .map(setting -> setting.name().equals(CacheTable.VERSION.name())
                        ? new EffectiveSetting(setting.name(), String.valueOf(version), "NearfarCache.version")
                        : setting)
                .toList();
        CacheSettings own = settings.in(version);
        return new ConfiguredCache(own, ShownSettings.of(own, all));
    }
}
