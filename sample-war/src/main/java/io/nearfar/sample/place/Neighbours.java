package io.nearfar.sample.place;

import static java.util.Objects.requireNonNull;

import io.nearfar.cdi.annotation.CacheTags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** Distances on the globe, computed by the database for every row that a question meets. */
@ApplicationScoped
public class Neighbours {
    private static final String HAVERSINE =
            " POWER(FUNCTION('SIN', FUNCTION('RADIANS', c.latitude - :latitude) / 2), 2)"
                    + " + FUNCTION('COS', FUNCTION('RADIANS', :latitude)) * FUNCTION('COS', FUNCTION('RADIANS', c.latitude))"
                    + " * POWER(FUNCTION('SIN', FUNCTION('RADIANS', c.longitude - :longitude) / 2), 2)";
    private static final String DISTANCE =
            2 * Surroundings.EARTH_RADIUS + " * FUNCTION('ASIN', SQRT(" + HAVERSINE + "))";
    private static final String INSIDE =
            " c.latitude BETWEEN :south AND :north AND (c.longitude BETWEEN :west AND :east"
                    + " OR c.longitude - 360 BETWEEN :west AND :east OR c.longitude + 360 BETWEEN :west AND :east)"
                    + " AND " + DISTANCE + " <= :kilometres ";

    private static final String SELECT = "SELECT c.id, " + DISTANCE + " AS distance FROM City c WHERE ";

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
        String query = SELECT + INSIDE + " AND c.id <> :id ORDER BY distance";
        TypedQuery<Object[]> nearest =
                entities.createQuery(query, Object[].class).setParameter("id", id);
        inside(nearest, city.latitude(), city.longitude(), kilometres);
        return neighbours(nearest.setMaxResults(limit));
    }

    /** Counts the places around and their people. */
    Around around(City city, int kilometres) {
        String query = "SELECT COUNT(c), SUM(c.population) FROM City c WHERE " + INSIDE;
        TypedQuery<Object[]> sums = entities.createQuery(query, Object[].class);
        inside(sums, city.latitude(), city.longitude(), kilometres);
        Object[] row = sums.getSingleResult();
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
        String query = SELECT + INSIDE + " AND c.population >= :population AND c.id <> :except ORDER BY distance";
        TypedQuery<Object[]> nearest = entities.createQuery(query, Object[].class)
                .setParameter("population", population)
                .setParameter("except", except);
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
        query.setParameter("latitude", latitude)
                .setParameter("longitude", longitude)
                .setParameter("south", box.south())
                .setParameter("north", box.north())
                .setParameter("west", box.west())
                .setParameter("east", box.east())
                .setParameter("kilometres", (double) kilometres);
    }

    /** Names come in a second query: joined to the first, they would be looked up for rows that are not nearest. */
    private List<Neighbour> neighbours(TypedQuery<Object[]> query) {
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
