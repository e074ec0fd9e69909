package io.nearfar.sample.place;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A country or territory; its key is the two letters of ISO 3166-1. */
@Entity
@Table(name = "country")
class Country {
    @Id
    private String code = "";

    private String name = "";

    /** Public, for what a city says of caches names it. */
    public String code() {
        return code;
    }

    String name() {
        return name;
    }
}
