package io.nearfar.entry.compression;

import io.nearfar.config.Compression;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The methods whose libraries are there; each is looked for when it is first wanted. */
final class Methods {
    private static final Logger LOG = LoggerFactory.getLogger(Methods.class);

    private static final Map<Compression, Optional<Method>> FOUND = new ConcurrentHashMap<>();

    private Methods() {}

    /** Returns that of a name, or null if its library is not there. */
    static @Nullable Method find(Compression name) {
        return FOUND.computeIfAbsent(name, Methods::load).orElse(null);
    }

    /** The class of a method that needs a library fails to load without. */
    private static Optional<Method> load(Compression name) {
        try {
            return switch (name) {
                case NONE -> Optional.empty();
                case DEFLATE -> Optional.of(new Deflate());
                case LZ4 -> Optional.of(new Lz4());
                case ZSTD -> Optional.of(new Zstandard());
            };
        } catch (LinkageError e) {
            LOG.debug("{} cannot be used here", name, e);
            return Optional.empty();
        }
    }

    /** Returns what to add where it is not there. */
    static String library(Compression name) {
        return name == Compression.LZ4 ? "at.yawk.lz4:lz4-java" : "com.github.luben:zstd-jni";
    }
}
