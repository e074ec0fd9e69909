package io.nearfar.sample.place;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A country's first administrative division; its key is the country's code, a dot and the region's. */
@Entity
@Table(name = "region")
class Region {
    @Id
    private String code = "";

    private String country = "";

    private String name = "";

    String code() {
        return code;
    }

    String country() {
        return country;
    }

    String name() {
        return name;
    }
}
