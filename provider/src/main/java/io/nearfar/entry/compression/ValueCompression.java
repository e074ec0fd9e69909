package io.nearfar.entry.compression;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.Compression;
import io.nearfar.config.CompressionSettings;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compresses the values of one cache as its settings say and expands what any node has compressed, whatever its settings.
 * Safe for use by several threads.
 */
public final class ValueCompression {
    private static final Logger LOG = LoggerFactory.getLogger(ValueCompression.class);

    /** Of the bytes, so many parts are to be saved: one in eight. Else reading costs more than it is worth. */
    private static final int WORTH = 8;

    private final CacheSettings settings;
    private final Function<Compression, @Nullable Method> methods;
    private final @Nullable Method own;
    private final Set<Compression> missed = EnumSet.noneOf(Compression.class);

    /**
     * Creates that of a cache.
     *
     * @throws CacheException if its values are to be compressed by a library that is not there; names the library
     */
    public ValueCompression(CacheSettings settings) {
        this(settings, Methods::find);
    }

    ValueCompression(CacheSettings settings, Function<Compression, @Nullable Method> methods) {
        this.settings = settings;
        this.methods = methods;
        Compression wanted = settings.compression().method();
        this.own = methods.apply(wanted);
        if (own == null && wanted != Compression.NONE) {
            throw new CacheException(
                    "Cache " + settings.name() + ": compression " + name(wanted) + " needs the library "
                            + Methods.library(wanted)
                            + ", which is not beside the provider or does not run here. Add it, or set"
                            + " nearfar.cache." + settings.name() + ".compression to deflate or none");
        }
    }

    /** Returns a value as it is to be stored: compressed, if it is large enough and becomes smaller by an eighth. */
    public Compressed compress(byte[] value) {
        CompressionSettings wanted = settings.compression();
        byte[] smaller = own == null || value.length < wanted.threshold() ? null : compressed(own, value);
        return smaller == null ? new Compressed(Compression.NONE, value) : new Compressed(wanted.method(), smaller);
    }

    private static byte @Nullable [] compressed(Method method, byte[] value) {
        byte[] room = new byte[value.length - value.length / WORTH];
        if (room.length <= Integer.BYTES) {
            return null;
        }
        ByteBuffer.wrap(room).putInt(value.length);
        int length = method.compress(value, room, Integer.BYTES);
        return length < 1 ? null : Arrays.copyOf(room, Integer.BYTES + length);
    }

    /** Tells whether this node can expand what is compressed so; if not, says so once. */
    public boolean isReadable(Compression method) {
        boolean readable = method == Compression.NONE || methods.apply(method) != null;
        if (!readable) {
            miss(method);
        }
        return readable;
    }

    private void miss(Compression method) {
        synchronized (missed) {
            if (!missed.add(method)) {
                return;
            }
        }
        LOG.warn(
                "NF0203 {}: entries of the far tier are compressed with {}, for which this node lacks the library; they"
                        + " count as missing here. Add {} beside the provider. Further ones are counted only",
                settings.name(),
                name(method),
                Methods.library(method));
    }

    /**
     * Returns the value of stored bytes, or null if they are garbage. Makes no room for a value above the cache's limit, and
     * never throws.
     */
    public byte @Nullable [] expand(Compression compression, byte[] stored) {
        if (compression == Compression.NONE) {
            return stored;
        }
        Method method = methods.apply(compression);
        return method == null || stored.length < Integer.BYTES ? null : expanded(method, stored);
    }

    /** Tells whether stored bytes are not expanded because they name a length above the cache's limit. */
    public boolean isAboveLimit(Compression compression, byte[] stored) {
        return compression != Compression.NONE
                && stored.length >= Integer.BYTES
                && ByteBuffer.wrap(stored).getInt() > settings.valueLimit();
    }

    private byte @Nullable [] expanded(Method method, byte[] stored) {
        int length = ByteBuffer.wrap(stored).getInt();
        if (length < 0 || length > settings.valueLimit()) {
            return null;
        }
        byte[] whole = new byte[length];
        try {
            return method.expand(stored, Integer.BYTES, whole) == length ? whole : null;
        } catch (DataFormatException | RuntimeException damaged) {
            return null;
        }
    }

    private static String name(Compression method) {
        return method.name().toLowerCase(Locale.ROOT);
    }
}
