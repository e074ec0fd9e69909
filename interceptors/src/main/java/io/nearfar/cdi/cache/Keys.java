package io.nearfar.cdi.cache;

import io.nearfar.cdi.method.MethodParameter;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKeyGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the key of a call. One for each annotated method. */
@FunctionalInterface
interface Keys {
    /**
     * Returns the key; never null.
     *
     * @throws RuntimeException what a key generator of the application throws, or if it returns null
     */
    Object of(Invocation call);

    /** Makes keys of the arguments in place of {@code parameters}. */
    static Keys ofArguments(List<MethodParameter> parameters) {
        MethodParameter[] parts = parameters.toArray(MethodParameter[]::new);
        return call -> {
            @Nullable Object[] arguments = new @Nullable Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                arguments[i] = call.argument(parts[i]);
            }
            return GeneratedKey.of(arguments);
        };
    }

    /** Lets a generator of the application make the keys; it is fetched at the first call. */
    static Keys ofGenerator(Once<CacheKeyGenerator> generator) {
        return call -> {
            Object key = generator.get().generateCacheKey(call);
            if (key == null) {
                throw new CacheException(
                        "The key generator " + generator.get().getClass().getName() + " returned null for a call of "
                                + call.getMethod() + "; a key is never null");
            }
            return key;
        };
    }
}
