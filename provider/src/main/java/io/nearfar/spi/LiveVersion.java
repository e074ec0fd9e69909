package io.nearfar.spi;

import io.nearfar.config.ConfiguredCache;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The settings of a cache in another version: made anew only when those of the cache are, for every write asks. Safe for threads. */
final class LiveVersion implements Supplier<ConfiguredCache> {
    private final Supplier<ConfiguredCache> cache;
    private final UnaryOperator<ConfiguredCache> version;
    private volatile Made last;

    private record Made(ConfiguredCache of, ConfiguredCache settings) {}

    /**
     * Creates those of one version.
     *
     * @param cache gives the settings of the cache
     * @param version puts them in that version
     */
    LiveVersion(Supplier<ConfiguredCache> cache, UnaryOperator<ConfiguredCache> version) {
        this.cache = cache;
        this.version = version;
        this.last = made(cache.get());
    }

    private Made made(ConfiguredCache now) {
        return new Made(now, version.apply(now));
    }

    @Override
    public ConfiguredCache get() {
        ConfiguredCache now = cache.get();
        Made made = last;
        if (made.of != now) {
            made = made(now);
            last = made;
        }
        return made.settings;
    }
}
