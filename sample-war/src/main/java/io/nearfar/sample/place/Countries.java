package io.nearfar.sample.place;

import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidateTags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import javax.cache.annotation.CacheResult;

/** Lists of countries, of a country's regions and of a region's cities, with sums over all their cities. */
@ApplicationScoped
public class Countries {
    private static final int LARGEST = 50;
    private static final int TOP = 10;

    @Inject
    EntityManager entities;

    /** All countries by name. */
    @CacheResult(cacheName = "countries")
    public List<CountrySummary> all() {
        return List.copyOf(entities.createQuery(
                        "SELECT NEW io.nearfar.sample.place.CountrySummary(k.code, k.name, COUNT(c), SUM(c.population))"
                                + " FROM City c JOIN c.country k GROUP BY k.code, k.name ORDER BY k.name",
                        CountrySummary.class)
                .getResultList());
    }

    /** The regions of a country, the most populous first; empty for an unknown country. */
    @CacheResult(cacheName = "regions")
    public List<RegionSummary> regions(String country) {
        return List.copyOf(entities.createQuery(
                        "SELECT NEW io.nearfar.sample.place.RegionSummary(r.code, r.name, COUNT(c), SUM(c.population))"
                                + " FROM City c JOIN c.region r WHERE r.country = :country"
                                + " GROUP BY r.code, r.name ORDER BY SUM(c.population) DESC, r.name",
                        RegionSummary.class)
                .setParameter("country", country)
                .getResultList());
    }

    /** The largest cities of a region, at most fifty; empty for an unknown region. */
    @CacheResult(cacheName = "region")
    public List<CitySummary> largest(String region) {
        return List.copyOf(entities.createQuery(
                        CitySummary.SELECT + "WHERE r.code = :region ORDER BY c.population DESC, c.id",
                        CitySummary.class)
                .setParameter("region", region)
                .setMaxResults(LARGEST)
                .getResultList());
    }

    /** The most populous cities of a country, at most ten; empty for an unknown country. Not cached: the response is. */
    public List<CitySummary> top(String country) {
        return List.copyOf(entities.createQuery(
                        CitySummary.SELECT + "WHERE k.code = :country ORDER BY c.population DESC, c.id",
                        CitySummary.class)
                .setParameter("country", country)
                .setMaxResults(TOP)
                .getResultList());
    }

    /** Declares out of date what lists the cities of a country: responses by their tag, lists of regions by a pattern of keys. */
    @InvalidateTags(cacheName = "largest", value = "country:{country}")
    @Invalidate(value = "country", arguments = "code={country}")
    public void forget(String country) {
        // The annotations do it.
    }
}
