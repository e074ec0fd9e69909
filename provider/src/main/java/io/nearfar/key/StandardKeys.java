package io.nearfar.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of the standard types, by what a person reads in them. */
public final class StandardKeys {
    private StandardKeys() {}

    /**
     * Returns the keys of one type that read so: one, or none.
     *
     * @return null if the type is none of the standard ones, whose keys can be told from their texts
     */
    public static @Nullable List<Object> reading(String text, Class<?> type) {
        Scalar<?> scalar = Scalars.of(type);
        return scalar == null ? null : reading(text, scalar);
    }

    private static <T> List<Object> reading(String text, Scalar<T> scalar) {
        try {
            T key = scalar.reader().apply(text);
            return scalar.writer().apply(key).equals(text) ? List.of(key) : List.of();
        } catch (RuntimeException notOfThatType) {
            return List.of();
        }
    }
}
