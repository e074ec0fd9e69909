package io.nearfar.sample.place;

import io.nearfar.cdi.annotation.CacheTtl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.annotation.CacheResult;

/** The map of the world: one value under one key, dear to make and the same for everybody. */
@ApplicationScoped
public class World {
    private static final long METROPOLIS = 3_000_000;

    @Inject
    EntityManager entities;

    /** The map, made from all cities. If it cannot be made anew after a day, the old one shows for a week. */
    @CacheResult(cacheName = "map")
    @CacheTtl(value = "1d", grace = "7d")
    public WorldMap map() {
        return new WorldMap(cells(), metropolises());
    }

    /** By its name, since Hibernate takes FLOOR for no function of the language where it keeps strictly to JPA. */
    private List<Integer> cells() {
        return entities.createQuery(
                        "SELECT FUNCTION('floor', c.longitude) AS west, FUNCTION('floor', c.latitude) AS south,"
                                + " SUM(c.population) / 1000 FROM City c GROUP BY west, south",
                        Object[].class)
                .getResultStream()
                .flatMap(Stream::of)
                .map(number -> ((Number) number).intValue())
                .toList();
    }

    private List<CitySummary> metropolises() {
        return List.copyOf(entities.createQuery(
                        CitySummary.SELECT + "WHERE c.population >= :metropolis ORDER BY c.population DESC",
                        CitySummary.class)
                .setParameter("metropolis", METROPOLIS)
                .getResultList());
    }
}
