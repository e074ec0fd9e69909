package io.nearfar.cdi.method;

import java.util.List;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an annotated method by what they are for (JSR-107,
 * {@link javax.cache.annotation.CacheKeyInvocationContext#getKeyParameters}).
 *
 * @param all all of them, in order
 * @param keys those of the key: the ones marked with {@code @CacheKey}; without a mark all but the value
 * @param value the one to store, or null
 */
public record MethodParameters(
        List<MethodParameter> all,
        List<MethodParameter> keys,
        @Nullable MethodParameter value) {

    /** Sorts the parameters of a method that does {@code operation}. */
    static MethodParameters of(CacheOperation operation, List<MethodParameter> all) {
        MethodParameter value = operation == CacheOperation.PUT ? firstValue(all) : null;
        List<MethodParameter> marked =
                all.stream().filter(parameter -> parameter.has(CacheKey.class)).toList();
        List<MethodParameter> candidates = marked.isEmpty() ? all : marked;
        List<MethodParameter> keys = candidates.stream()
                .filter(parameter -> !parameter.equals(value))
                .filter(parameter -> !operation.isInvalidation())
                .toList();
        return new MethodParameters(all, keys, value);
    }

    private static @Nullable MethodParameter firstValue(List<MethodParameter> all) {
        return all.stream()
                .filter(parameter -> parameter.has(CacheValue.class))
                .findFirst()
                .orElse(null);
    }
}
