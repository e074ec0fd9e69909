package io.nearfar.frameworks.boot;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

/** A bean with Spring's own annotations; counts how often its methods are really called. */
public class Cities {
    private final AtomicInteger calls = new AtomicInteger();

    /** Finds a city. */
    @Cacheable("cities")
    public City find(String name) {
        calls.incrementAndGet();
        return City.of(name);
    }

    /** Finds a city, for one caller of many. */
    @Cacheable(cacheNames = "cities", sync = true)
    public City findOnce(String name) {
        calls.incrementAndGet();
        return City.of(name);
    }

    /** Finds nothing. */
    @Cacheable("cities")
    public City findNothing(String name) {
        calls.incrementAndGet();
        return null;
    }

    /** Has a key of several parts. */
    @Cacheable("distances")
    public int distance(String from, String to) {
        return calls.incrementAndGet();
    }

    /** Saves a city. */
    @CachePut(cacheNames = "cities", key = "#city.name")
    public City save(City city) {
        return city;
    }

    /** Forgets a city. */
    @CacheEvict("cities")
    public void forget(String name) {}

    /** Forgets all cities. */
    @CacheEvict(cacheNames = "cities", allEntries = true)
    public void forgetAll() {}

    /** Returns how often a method was called that finds something. */
    public int calls() {
        return calls.get();
    }
}
