package io.nearfar.sample.place;

import static java.util.Objects.requireNonNull;

import io.nearfar.cdi.annotation.CacheTags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/**
 * Distances on the globe, computed by the database for every row that a question meets, in its own language: that of JPA has no
 * functions of angles.
 */
@ApplicationScoped
public class Neighbours {
    private static final String HAVERSINE = "POWER(SIN(RADIANS(c.latitude - ?1) / 2), 2)"
            + " + COS(RADIANS(?1)) * COS(RADIANS(c.latitude)) * POWER(SIN(RADIANS(c.longitude - ?2) / 2), 2)";
    private static final String DISTANCE = 2 * Surroundings.EARTH_RADIUS + " * ASIN(SQRT(" + HAVERSINE + "))";
    private static final String INSIDE = " c.latitude BETWEEN ?3 AND ?4 AND (c.longitude BETWEEN ?5 AND ?6"
            + " OR c.longitude - 360 BETWEEN ?5 AND ?6 OR c.longitude + 360 BETWEEN ?5 AND ?6)"
            + " AND " + DISTANCE + " <= ?7 ";
    /** What a query has beside the place. */
    private static final int FIRST = 8;

    private static final String SELECT = "SELECT c.id, " + DISTANCE + " AS distance FROM city c WHERE ";

    /** Radii of the circles in which the nearest place is sought; the last is the whole globe. */
    private static final int[] CIRCLES = {250, 600, 1_200, 2_400, 5_000, 20_100};

    @Inject
    EntityManager entities;

    @Inject
    CitySearch search;

    /**
     * The nearest other places of a city. Tagged with each of them.
     *
     * @return nearest first; empty if there is no such city
     */
    @CacheResult(cacheName = "nearby")
    @CacheTags("city:{result.city.id}")
    public List<Neighbour> near(long id, int kilometres, int limit) {
        City city = entities.find(City.class, id);
        if (city == null) {
            return List.of();
        }
        String query = SELECT + INSIDE + " AND c.id <> ?8 ORDER BY distance";
        Query nearest = entities.createNativeQuery(query).setParameter(FIRST, id);
        inside(nearest, city.latitude(), city.longitude(), kilometres);
        return neighbours(nearest.setMaxResults(limit));
    }

    /** Counts the places around and their people. */
    Around around(City city, int kilometres) {
        String query = "SELECT COUNT(*), SUM(c.population) FROM city c WHERE " + INSIDE;
        Query sums = entities.createNativeQuery(query);
        inside(sums, city.latitude(), city.longitude(), kilometres);
        Object[] row = (Object[]) sums.getSingleResult();
        return new Around(((Number) row[0]).longValue() - 1, ((Number) row[1]).longValue());
    }

    /** The nearest place, other than {@code except}, of at least {@code population} people; null if there is none. */
    @Nullable
    Neighbour nearest(double latitude, double longitude, long population, long except) {
        for (int kilometres : CIRCLES) {
            List<Neighbour> found = nearest(latitude, longitude, kilometres, population, except);
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        return null;
    }

    private List<Neighbour> nearest(double latitude, double longitude, int kilometres, long population, long except) {
        String query = SELECT + INSIDE + " AND c.population >= ?8 AND c.id <> ?9 ORDER BY distance";
        Query nearest = entities.createNativeQuery(query)
                .setParameter(FIRST, population)
                .setParameter(FIRST + 1, except);
        inside(nearest, latitude, longitude, kilometres);
        return neighbours(nearest.setMaxResults(1));
    }

    /**
     * What lies around a city.
     *
     * @param cities other places
     * @param people those of the city itself included
     */
    record Around(long cities, long people) {}

    private static void inside(Query query, double latitude, double longitude, int kilometres) {
        Surroundings box = Surroundings.of(latitude, longitude, kilometres);
        List<Double> place =
                List.of(latitude, longitude, box.south(), box.north(), box.west(), box.east(), (double) kilometres);
        for (int i = 0; i < place.size(); i++) {
            query.setParameter(i + 1, place.get(i));
        }
    }

    /** Names come in a second query: joined to the first, they would be looked up for rows that are not nearest. */
    @SuppressWarnings("unchecked") // each row has two columns
    private List<Neighbour> neighbours(Query query) {
        List<Object[]> rows = query.getResultList();
        Map<Long, CitySummary> cities = search
                .summaries(rows.stream().map(row -> (Long) row[0]).toList())
                .stream()
                .collect(Collectors.toMap(CitySummary::id, Function.identity()));
        return rows.stream()
                .map(row -> new Neighbour(requireNonNull(cities.get((Long) row[0])), rounded((Number) row[1])))
                .toList();
    }

    private static double rounded(Number kilometres) {
        return Math.round(kilometres.doubleValue() * 10) / 10.0;
    }
}
