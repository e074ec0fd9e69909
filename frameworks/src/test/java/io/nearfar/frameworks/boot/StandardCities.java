package io.nearfar.frameworks.boot;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** A bean with the annotations of JSR-107, which Spring carries out by itself. */
public class StandardCities {
    private final AtomicInteger calls = new AtomicInteger();

    /** Finds a city. */
    @CacheResult(cacheName = "cities")
    public City find(String name) {
        calls.incrementAndGet();
        return City.of(name);
    }

    /** Saves a city. */
    @CachePut(cacheName = "cities")
    public void save(String name, @CacheValue City city) {}

    /** Forgets a city. */
    @CacheRemove(cacheName = "cities")
    public void forget(String name) {}

    /** Forgets all cities. */
    @CacheRemoveAll(cacheName = "cities")
    public void forgetAll() {}

    /** Returns how often a method was called that finds something. */
    public int calls() {
        return calls.get();
    }
}
