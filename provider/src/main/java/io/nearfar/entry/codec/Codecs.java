package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import io.nearfar.config.CacheSettings;
import java.util.ServiceLoader;
import java.util.TreeMap;
import javax.cache.CacheException;

/** Finds the codec that a cache's settings name. */
final class Codecs {
    private Codecs() {}

    static ValueCodec of(CacheSettings settings, ClassLoader loader) {
        ValueCodec standard = new JavaCodec();
        return settings.codec().equals(standard.name()) ? standard : found(settings, loader);
    }

    private static ValueCodec found(CacheSettings settings, ClassLoader loader) {
        TreeMap<String, ValueCodec> codecs = new TreeMap<>();
        ServiceLoader.load(ValueCodec.class, loader).forEach(codec -> codecs.put(codec.name(), codec));
        ValueCodec codec = codecs.get(settings.codec());
        if (codec == null) {
            throw new CacheException("Cache " + settings.name() + ": there is no codec " + settings.codec()
                    + "; known are java" + (codecs.isEmpty() ? "" : ", " + String.join(", ", codecs.keySet()))
                    + ". Set nearfar.cache." + settings.name() + ".codec to one of them");
        }
        return codec;
    }
}
