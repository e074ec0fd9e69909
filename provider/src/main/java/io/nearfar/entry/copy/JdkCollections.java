package io.nearfar.entry.copy;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Ways to copy collections. */
final class JdkCollections {
    private JdkCollections() {}

    /** Fills a new collection with copies of the elements. */
    static Plan filled(IntFunction<Collection<@Nullable Object>> empty) {
        return (source, walk) -> {
            Collection<?> elements = (Collection<?>) source;
            Collection<@Nullable Object> target = walk.begun(source, empty.apply(elements.size()));
            for (Object element : elements) {
                target.add(walk.copy(element));
            }
            return target;
        };
    }

    /** Builds a collection anew from copies of the elements. */
    static Plan rebuilt(Function<@Nullable Object[], Object> build) {
        return (source, walk) -> build.apply(copies(((Collection<?>) source).toArray(), walk));
    }

    /** Shares a collection that cannot change if its elements can be shared, else builds one anew. */
    static Plan shared(Function<@Nullable Object[], Object> build) {
        return (source, walk) -> {
            @Nullable Object[] elements = ((Collection<?>) source).toArray();
            @Nullable Object[] copies = copies(elements, walk);
            return isSame(elements, copies) ? source : build.apply(copies);
        };
    }

    /** Returns an unmodifiable list; one of nulls too can only come out of a stream, or of its serialized form. */
    static Object listOf(@Nullable Object[] elements) {
        if (Arrays.stream(elements).anyMatch(Objects::isNull)) {
            throw new NotCopyable("an unmodifiable list with nulls");
        }
        return List.of(elements);
    }

    /** Returns an unmodifiable set, which has no nulls. */
    static Object setOf(@Nullable Object[] elements) {
        return Set.of(elements);
    }

    /** Returns the capacity with which a hash table takes so many elements without growing. */
    static int capacity(int size) {
        return (int) Math.min(Integer.MAX_VALUE, size * 4L / 3 + 1);
    }

    private static @Nullable Object[] copies(@Nullable Object[] elements, Walk walk) {
        @Nullable Object[] copies = new @Nullable Object[elements.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = walk.copy(elements[i]);
        }
        return copies;
    }

    private static boolean isSame(@Nullable Object[] some, @Nullable Object[] others) {
        for (int i = 0; i < some.length; i++) {
            if (some[i] != others[i]) {
                return false;
            }
        }
        return true;
    }
}
