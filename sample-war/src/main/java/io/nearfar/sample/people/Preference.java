package io.nearfar.sample.people;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A person's preferences as the database keeps them; there is none before they first change one. */
@Entity
@Table(name = "preference")
class Preference {
    @Id
    private String person = "";

    private String units = "";

    private String theme = "";

    /** For JPA. */
    protected Preference() {}

    Preference(String person, Preferences preferences) {
        this.person = person;
        units = preferences.units();
        theme = preferences.theme();
    }

    Preferences preferences() {
        return new Preferences(units, theme);
    }
}
