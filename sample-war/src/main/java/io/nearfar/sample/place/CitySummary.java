package io.nearfar.sample.place;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A city as lists show it.
 *
 * @param countryCode two letters
 * @param region the region's name, null where the place has none
 * @param population 0 where unknown
 */
public record CitySummary(
        long id,
        String name,
        @Nullable String region,
        String country,
        String countryCode,
        long population,
        double latitude,
        double longitude)
        implements Serializable {

    /** The head of a query that answers with summaries of the city {@code c}; conditions and order follow it. */
    static final String SELECT = "SELECT NEW io.nearfar.sample.place.CitySummary(c.id, c.name, r.name, k.name, k.code,"
            + " c.population, c.latitude, c.longitude) FROM City c JOIN c.country k LEFT JOIN c.region r ";

    static CitySummary of(City city) {
        Region region = city.region();
        return new CitySummary(
                city.id(),
                city.name(),
                region == null ? null : region.name(),
                city.country().name(),
                city.country().code(),
                city.population(),
                city.latitude(),
                city.longitude());
    }
}
