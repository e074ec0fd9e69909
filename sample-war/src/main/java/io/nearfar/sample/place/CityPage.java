package io.nearfar.sample.place;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a city shows.
 *
 * @param feature the GeoNames feature code, PPLC for a capital
 * @param regionCode null where the place has no region
 * @param note what an editor wrote, null if nothing
 * @param rankInWorld 1 for the most populous
 * @param peopleAround how many live within a hundred kilometres, the city's own people included
 * @param citiesAround how many other places lie within a hundred kilometres
 * @param nearestMetropolis the nearest other place of more than a million, null in a gazetteer without one
 * @param antipode the place nearest to the opposite point of the globe
 */
public record CityPage(
        CitySummary city,
        String feature,
        @Nullable String regionCode,
        @Nullable String note,
        long rankInWorld,
        long rankInCountry,
        long peopleAround,
        long citiesAround,
        @Nullable Neighbour nearestMetropolis,
        @Nullable Neighbour antipode)
        implements Serializable {}
