package io.nearfar.entry.copy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Ways to copy maps. */
final class JdkMaps {
    private JdkMaps() {}

    /** Fills a new map with copies of keys and values. */
    static Plan filled(IntFunction<Map<@Nullable Object, @Nullable Object>> empty) {
        return (source, walk) -> {
            Map<?, ?> entries = (Map<?, ?>) source;
            Map<@Nullable Object, @Nullable Object> target = walk.begun(source, empty.apply(entries.size()));
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                target.put(walk.copy(entry.getKey()), walk.copy(entry.getValue()));
            }
            return target;
        };
    }

    /** Clones a map, for what a clone alone keeps: access order, comparator, key type; then copies its values. */
    @SuppressWarnings("unchecked") // the clone of a map of that class
    static <M> Plan cloned(Class<M> type, Function<M, Object> clone) {
        return (source, walk) -> {
            Map<Object, @Nullable Object> target =
                    (Map<Object, @Nullable Object>) walk.begun(source, clone.apply(type.cast(source)));
            if (target instanceof java.util.SortedMap<?, ?> sorted) {
                mustBeFixed(sorted.comparator(), walk);
            }
            for (Map.Entry<Object, @Nullable Object> entry : target.entrySet()) {
                mustBeFixed(entry.getKey(), walk);
                copyValue(entry, walk);
            }
            return target;
        };
    }

    private static void copyValue(Map.Entry<Object, @Nullable Object> entry, Walk walk) {
        Object value = entry.getValue();
        Object copy = walk.copy(value);
        if (copy != value) {
            entry.setValue(copy);
        }
    }

    private static void mustBeFixed(@Nullable Object part, Walk walk) {
        if (part != null && walk.copy(part) != part) {
            throw new NotCopyable("a map whose keys or order can change");
        }
    }

    /** Shares a map that cannot change if its keys and values can be shared, else builds one anew. */
    static Object unmodifiable(Object source, Walk walk) {
        Map<?, ?> entries = (Map<?, ?>) source;
        Map<Object, Object> copies = new HashMap<>(JdkCollections.capacity(entries.size()));
        boolean changed = false;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            Object key = copied(entry.getKey(), walk);
            Object value = copied(entry.getValue(), walk);
            changed |= key != entry.getKey() || value != entry.getValue();
            copies.put(key, value);
        }
        return changed ? Map.copyOf(copies) : source;
    }

    private static Object copied(Object part, Walk walk) {
        return Objects.requireNonNull(walk.copy(part), "an unmodifiable map has no nulls");
    }
}
