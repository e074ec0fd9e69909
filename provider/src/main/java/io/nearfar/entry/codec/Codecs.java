package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import io.nearfar.config.CacheSettings;
import io.nearfar.entry.codec.json.JsonCodec;
import io.nearfar.entry.codec.kryo.KryoCodec;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.CacheException;

/** Finds the codec that a cache's settings name: one of ours, or one of the application. */
final class Codecs {
    private Codecs() {}

    static ValueCodec of(CacheSettings settings, ClassLoader loader) {
        ValueCodec standard = new JavaCodec();
        return settings.codec().equals(standard.name()) ? standard : found(settings, loader);
    }

    /** An application may bring one that is named like one of ours. */
    private static ValueCodec found(CacheSettings settings, ClassLoader loader) {
        TreeMap<String, ValueCodec> codecs = new TreeMap<>();
        ServiceLoader.load(ValueCodec.class, loader).forEach(codec -> codecs.put(codec.name(), codec));
        ValueCodec codec = codecs.get(settings.codec());
        if (codec != null) {
            return codec;
        }
        if (settings.codec().equals(JsonCodec.NAME)) {
            return json(settings);
        }
        if (settings.codec().equals(KryoCodec.NAME)) {
            return new KryoCodec(new KryoSurroundings());
        }
        TreeSet<String> known = new TreeSet<>(codecs.keySet());
        known.add("java");
        known.add(JsonCodec.NAME);
        known.add(KryoCodec.NAME);
        throw new CacheException("Cache " + settings.name() + ": there is no codec " + settings.codec()
                + "; known are " + String.join(", ", known) + ". Set nearfar.cache." + settings.name()
                + ".codec to one of them");
    }

    private static ValueCodec json(CacheSettings settings) {
        try {
            return new JsonCodec();
        } catch (LinkageError e) {
            throw new CacheException(
                    "Cache " + settings.name() + ": codec json needs Jackson, which the provider does not see (" + e
                            + "). Put com.fasterxml.jackson.core:jackson-databind beside it, or set nearfar.cache."
                            + settings.name() + ".codec = java",
                    e);
        }
    }
}
