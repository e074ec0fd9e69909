package io.nearfar.config;

import io.nearfar.EffectiveSetting;
import io.nearfar.EffectiveSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the settings that hold for a cache into words, each with where it comes from. */
final class ShownSettings {
    private static final String NONE = "none";

    private final CacheSettings settings;
    private final Layers layers;

    private ShownSettings(CacheSettings settings, Layers layers) {
        this.settings = settings;
        this.layers = layers;
    }

    /** Returns what is shown of the settings that were read from these layers. */
    static EffectiveSettings of(CacheSettings settings, Layers layers) {
        ShownSettings shown = new ShownSettings(settings, layers);
        return of(settings, CacheTable.ALL.stream().map(shown::shown).toList());
    }

    /** Returns the settings with their texts. */
    static EffectiveSettings of(CacheSettings settings, List<EffectiveSetting> all) {
        return new EffectiveSettings(
                settings.name(),
                Kinds.written(settings.mode()),
                settings.version(),
                settings.timeToLive(),
                settings.nearMaximumEntries(),
                settings.nearMaximumWeight(),
                settings.nearTimeToLive(),
                settings.maxStale(),
                Kinds.written(settings.outage()),
                settings.codec(),
                all);
    }

    private EffectiveSetting shown(Setting<?> setting) {
        if (setting == CacheTable.MODE) {
            return mode();
        } else if (setting == CacheTable.TTL) {
            return timeToLive();
        } else if (setting == CacheTable.TTL_RULES) {
            return unlessReplaced(
                    setting, CacheTable.TTL, !settings.timeToLiveRules().isEmpty());
        } else if (setting == CacheTable.NEAR_MAXIMUM_ENTRIES) {
            return unlessReplaced(setting, CacheTable.NEAR_MAXIMUM_WEIGHT, settings.nearMaximumWeight() == null);
        } else if (setting == CacheTable.NEAR_MAXIMUM_WEIGHT) {
            return unlessReplaced(setting, CacheTable.NEAR_MAXIMUM_ENTRIES, settings.nearMaximumWeight() != null);
        }
        return setting == CacheTable.CODEC_ALLOW ? allowed() : plain(setting);
    }

    private EffectiveSetting plain(Setting<?> setting) {
        Given given = layers.given(setting);
        String initial = setting.initial();
        String otherwise = initial == null ? NONE : initial;
        return new EffectiveSetting(
                setting.name(), given == null ? otherwise : given.found().text(), origin(given));
    }

    private static String origin(@Nullable Given given) {
        return given == null ? EffectiveSetting.DEFAULT : given.toString();
    }

    /** What is given for the cache may be without effect, for the manager's mode is near; that may follow from no address. */
    private EffectiveSetting mode() {
        Given given = layers.allGiven(CacheTable.MODE).stream()
                .filter(each -> CacheTable.MODE.kind().parse(each.found().text()) == settings.mode())
                .findFirst()
                .orElse(null);
        return new EffectiveSetting(CacheTable.MODE.name(), Kinds.written(settings.mode()), origin(given));
    }

    private EffectiveSetting timeToLive() {
        Duration life = settings.timeToLive();
        return new EffectiveSetting(
                CacheTable.TTL.name(),
                life == null ? NONE : Durations.written(life),
                origin(layers.given(CacheTable.TTL)));
    }

    private EffectiveSetting unlessReplaced(Setting<?> setting, Setting<?> rival, boolean holds) {
        boolean set = layers.given(setting) != null || setting.initial() != null;
        return holds || !set ? plain(setting) : new EffectiveSetting(setting.name(), NONE, origin(layers.given(rival)));
    }

    private EffectiveSetting allowed() {
        List<Given> given = layers.allGiven(CacheTable.CODEC_ALLOW);
        return given.isEmpty()
                ? plain(CacheTable.CODEC_ALLOW)
                : new EffectiveSetting(
                        CacheTable.CODEC_ALLOW.name(),
                        String.join(", ", settings.allow()),
                        given.stream().map(Given::toString).collect(Collectors.joining(", ")));
    }
}
