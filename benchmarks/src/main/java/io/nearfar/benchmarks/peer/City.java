package io.nearfar.benchmarks.peer;

import java.io.Serializable;
import java.util.Objects;

/** A value as applications have them: ten fields, all of which can be changed. */
public final class City implements Serializable {
    private static final long serialVersionUID = 1L;

    private long id;
    private String name = "";
    private String country = "";
    private String region = "";
    private int population;
    private int elevation;
    private double latitude;
    private double longitude;
    private boolean capital;
    private String timeZone = "";

    /** Creates the city with that number; equal numbers make equal cities. */
    public static City numbered(int number) {
        City city = new City();
        city.id = number;
        city.name = "City " + number;
        city.country = "Country " + number % 200;
        city.region = "Region " + number % 4_000;
        city.population = number * 31;
        city.elevation = number % 3_000;
        city.latitude = number % 90;
        city.longitude = number % 180;
        city.capital = number % 1_000 == 0;
        city.timeZone = "UTC+" + number % 12;
        return city;
    }

    public void setPopulation(int population) {
        this.population = population;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof City that
                && id == that.id
                && population == that.population
                && elevation == that.elevation
                && capital == that.capital
                && latitude == that.latitude
                && longitude == that.longitude
                && name.equals(that.name)
                && country.equals(that.country)
                && region.equals(that.region)
                && timeZone.equals(that.timeZone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, name, population);
    }
}
