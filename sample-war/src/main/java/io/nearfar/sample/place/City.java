package io.nearfar.sample.place;

import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.model.NearfarEntityListener;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * A populated place. Editors change its population and its note, nothing else ever changes. A change ends the kept responses that
 * list the cities of its country, once it is committed, whoever has made it.
 */
@Entity
@EntityListeners(NearfarEntityListener.class)
@InvalidatesCache(caches = "largest", tags = "country:{country.code}")
@Table(name = "city")
class City {
    @Id
    private long id;

    private String name = "";

    @Column(name = "search_name")
    private String searchName = "";

    @ManyToOne(optional = false)
    @JoinColumn(name = "country")
    private @Nullable Country country;

    @ManyToOne
    @JoinColumn(name = "region")
    private @Nullable Region region;

    private long population;

    private double latitude;

    private double longitude;

    private String feature = "";

    private @Nullable String note;

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    /** Public, for what a city says of caches names it. */
    public Country country() {
        if (country == null) {
            throw new IllegalStateException("city " + id + " has no country: the gazetteer's data is damaged");
        }
        return country;
    }

    @Nullable
    Region region() {
        return region;
    }

    long population() {
        return population;
    }

    double latitude() {
        return latitude;
    }

    double longitude() {
        return longitude;
    }

    String feature() {
        return feature;
    }

    @Nullable
    String note() {
        return note;
    }

    void setPopulation(long population) {
        this.population = population;
    }

    void setNote(@Nullable String note) {
        this.note = note;
    }
}
