package io.nearfar.config;

import io.nearfar.EffectiveSetting;
import io.nearfar.EffectiveSettings;
import java.util.List;

/**
 * What the settings come to for one cache.
 *
 * @param settings what the rooms go by
 * @param shown what is shown to who asks
 */
public record ConfiguredCache(CacheSettings settings, EffectiveSettings shown) {
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
