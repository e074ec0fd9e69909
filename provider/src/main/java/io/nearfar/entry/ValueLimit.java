package io.nearfar.entry;

import io.nearfar.config.CacheSettings;
import javax.cache.CacheException;

/** The largest value that a cache sends to the far tier. */
final class ValueLimit {
    private ValueLimit() {}

    static void check(CacheSettings settings, int size) {
        if (size > settings.valueLimit()) {
            throw new CacheException("Cache " + settings.name() + ": a value of " + size
                    + " bytes is larger than the limit of " + settings.valueLimit()
                    + " bytes; make the value smaller or raise nearfar.cache." + settings.name() + ".value.limit");
        }
    }
}
