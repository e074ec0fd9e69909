package io.nearfar.cdi;

import io.nearfar.NearfarCache;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;

/** Holds the declared types of a cache against those of the points where it is injected. */
final class DeclaredTypes {
    private DeclaredTypes() {}

    /**
     * Returns {@code cache}, which may be used with the types that {@code injected} has.
     *
     * @throws CacheException if the cache is declared with others
     */
    @SuppressWarnings("unchecked") // what is declared as Object takes any type, the rest has just been checked
    static NearfarCache<Object, Object> checked(NearfarCache<?, ?> cache, InjectedCache injected) {
        Configuration<?, ?> declared = cache.getConfiguration(Configuration.class);
        if (!fits(declared.getKeyType(), injected.keyClass())
                || !fits(declared.getValueType(), injected.valueClass())) {
            throw new CacheException(InjectionTexts.otherDeclaration(injected, declared));
        }
        return (NearfarCache<Object, Object>) cache;
    }

    private static boolean fits(Class<?> declared, Class<?> asked) {
        return declared == Object.class || asked == Object.class || declared == asked;
    }
}
