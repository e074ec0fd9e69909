package io.nearfar.sample.place;

import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidateTags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** The page of a city, and its changes. */
@ApplicationScoped
@CacheDefaults(cacheName = "city")
public class Cities {
    private static final int AROUND = 100;
    private static final long METROPOLIS = 1_000_000;

    @Inject
    EntityManager entities;

    @Inject
    Neighbours neighbours;

    /** The page of a city; null if there is none with this id. Tagged with every city that it shows. */
    @CacheResult
    @CacheTags({"city:{id}", "city:{result.nearestMetropolis.city.id}", "city:{result.antipode.city.id}"})
    public @Nullable CityPage page(long id) {
        City city = entities.find(City.class, id);
        return city == null ? null : page(city);
    }

    private CityPage page(City city) {
        Neighbours.Around around = neighbours.around(city, AROUND);
        Region region = city.region();
        return new CityPage(
                CitySummary.of(city),
                city.feature(),
                region == null ? null : region.code(),
                city.note(),
                1 + larger(city, ""),
                1 + larger(city, " AND c.country = :country"),
                around.people(),
                around.cities(),
                neighbours.nearest(city.latitude(), city.longitude(), METROPOLIS, city.id()),
                neighbours.nearest(-city.latitude(), opposite(city.longitude()), 0, city.id()));
    }

    private long larger(City city, String condition) {
        var query = entities.createQuery(
                "SELECT COUNT(c) FROM City c WHERE c.population > :population" + condition, Long.class);
        query.setParameter("population", city.population());
        if (!condition.isEmpty()) {
            query.setParameter("country", city.country());
        }
        return query.getSingleResult();
    }

    private static double opposite(double longitude) {
        return longitude > 0 ? longitude - 180 : longitude + 180;
    }

    /**
     * Changes a city. Once this returned, every node reads the changed page, and the pages and lists of other cities that show
     * it: they are ended after the transaction was committed. So are the lists of its country's regions, by the pattern of the
     * invalidation {@code country}, which the settings declare.
     *
     * @return the city as it was changed; null if there is no such city
     */
    @InvalidateTags("city:{id}")
    @InvalidateTags(cacheName = "nearby", value = "city:{id}")
    @Invalidate(value = "country", arguments = "code={result.countryCode}")
    @Transactional
    public @Nullable CitySummary change(long id, CityEdit edit) {
        City city = entities.find(City.class, id);
        if (city == null) {
            return null;
        }
        city.setPopulation(edit.population());
        city.setNote(
                edit.note() == null || edit.note().isBlank()
                        ? null
                        : edit.note().strip());
        return CitySummary.of(city);
    }
}
