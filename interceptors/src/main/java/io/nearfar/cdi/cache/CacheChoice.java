package io.nearfar.cdi.cache;

import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheResolver;
import org.jspecify.annotations.Nullable;

/** Chooses the cache of a call. One for each annotated method, and one for its exceptions. */
@FunctionalInterface
interface CacheChoice {
    /**
     * Returns the cache to use.
     *
     * @throws RuntimeException if there is none: the provider's refusal, or what a resolver of the application throws
     */
    CacheTarget of(Invocation call);

    /** Chooses the cache that {@code lookup} returns, which is asked again once that cache is closed. */
    static CacheChoice named(Supplier<Cache<Object, Object>> lookup) {
        return new NamedChoice(lookup);
    }

    /** Lets a resolver of the application choose; it is fetched at the first call. */
    static CacheChoice resolved(Once<CacheResolver> resolver) {
        return call -> {
            Cache<Object, Object> cache = resolver.get().resolveCache(call);
            if (cache == null) {
                throw new CacheException("The resolver "
                        + resolver.get().getClass().getName() + " returned no cache for a call of " + call.getMethod());
            }
            return CacheTarget.of(cache);
        };
    }

    /** The choice of a name, remembered while its cache is open. */
    final class NamedChoice implements CacheChoice {
        private final Supplier<Cache<Object, Object>> lookup;
        private volatile @Nullable CacheTarget last;

        private NamedChoice(Supplier<Cache<Object, Object>> lookup) {
            this.lookup = lookup;
        }

        @Override
        public CacheTarget of(Invocation call) {
            CacheTarget target = last;
            if (target == null || target.cache().isClosed()) {
                target = CacheTarget.of(lookup.get());
                last = target;
            }
            return target;
        }
    }
}
