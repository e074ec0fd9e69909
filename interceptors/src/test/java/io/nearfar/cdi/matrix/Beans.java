package io.nearfar.cdi.matrix;

import io.nearfar.NearfarCache;
import jakarta.enterprise.inject.Instance;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** The container in which the matrix is looked at, whatever it is. */
record Beans(Instance<Object> container) {
    /** Something that comes to be. */
    interface Coming {
        boolean isThere() throws Exception;
    }

    /** Something that may throw. */
    interface Call {
        void run() throws Exception;
    }

    <T> T of(Class<T> type) {
        return container.select(type).get();
    }

    /** Returns the cache of that name, which there is. */
    @SuppressWarnings("unchecked") // a cache of annotations holds anything
    NearfarCache<Object, Object> cache(String name) {
        return of(CacheManager.class).<Object, Object>getCache(name).unwrap(NearfarCache.class);
    }

    /** Returns by how many entries the cache of that name grows while something is done, which may fail. */
    int growth(String name, Call call) {
        int before = size(name);
        fails(call);
        return size(name) - before;
    }

    /** Returns how many entries the cache of that name has; none if there is no such cache. */
    int size(String name) {
        Cache<Object, Object> cache = of(CacheManager.class).getCache(name);
        int size = 0;
        if (cache != null) {
            for (Cache.Entry<Object, Object> entry : cache) {
                size += entry == null ? 0 : 1;
            }
        }
        return size;
    }

    /** Tells whether two calls were answered alike, and {@code calls} grew by one. */
    static boolean once(Supplier<?> call, IntSupplier calls) {
        int before = calls.getAsInt();
        Object first = call.get();
        return first.equals(call.get()) && calls.getAsInt() == before + 1;
    }

    /** Tells whether a call throws. */
    static boolean fails(Call call) {
        try {
            call.run();
            return false;
        } catch (Exception expected) {
            return true;
        }
    }

    /** Returns how many of so many calls do not throw. */
    static int passes(int times, Call call) {
        int passed = 0;
        for (int i = 0; i < times; i++) {
            passed += fails(call) ? 0 : 1;
        }
        return passed;
    }

    /** Tells whether something comes to be within half a minute. */
    static boolean comes(Coming what) throws Exception {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!what.isThere()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }
}
