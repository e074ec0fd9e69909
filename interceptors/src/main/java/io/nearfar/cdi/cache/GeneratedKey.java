package io.nearfar.cdi.cache;

import io.nearfar.ReadableKey;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * The key made of the arguments of a call (JSR-107, {@code CacheResult.cacheKeyGenerator}): equal to another if the
 * arguments are, arrays compared by content at any depth. Arguments may be null. Arrays are copied, so that what the
 * method or its caller does to them later does not change the key.
 */
public final class GeneratedKey implements GeneratedCacheKey, ReadableKey {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // arguments that cannot be serialized are refused by the cache, with a text
    private final @Nullable Object[] parts;

    /** Computed when first needed and never stored: the hash of an enum constant differs between processes. */
    private transient int hash;

    private GeneratedKey(@Nullable Object[] parts) {
        this.parts = parts;
    }

    /** Returns the key of these arguments. */
    public static GeneratedKey of(@Nullable Object... arguments) {
        @Nullable Object[] parts = new @Nullable Object[arguments.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = copy(arguments[i]);
        }
        return new GeneratedKey(parts);
    }

    @Override
    public List<? extends @Nullable Object> keyParts() {
        return Collections.unmodifiableList(Arrays.asList(parts));
    }

    @Override
    public int hashCode() {
        int result = hash;
        if (result == 0) {
            result = Arrays.deepHashCode(parts);
            hash = result;
        }
        return result;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof GeneratedKey other && Arrays.deepEquals(parts, other.parts);
    }

    /** Returns the parts joined by colons. */
    @Override
    public String toString() {
        return Arrays.stream(parts).map(GeneratedKey::text).collect(Collectors.joining(":"));
    }

    private static String text(@Nullable Object part) {
        if (part == null || !part.getClass().isArray()) {
            return String.valueOf(part);
        }
        String inBrackets = Arrays.deepToString(new Object[] {part});
        return inBrackets.substring(1, inBrackets.length() - 1);
    }

    private static @Nullable Object copy(@Nullable Object part) {
        if (part == null || !part.getClass().isArray()) {
            return part;
        }
        int length = Array.getLength(part);
        Object copy = Array.newInstance(part.getClass().getComponentType(), length);
        System.arraycopy(part, 0, copy, 0, length);
        if (copy instanceof Object[] elements) {
            Arrays.setAll(elements, i -> copy(elements[i]));
        }
        return copy;
    }
}
