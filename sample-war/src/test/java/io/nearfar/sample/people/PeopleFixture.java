package io.nearfar.sample.people;

import io.nearfar.sample.place.SearchFixture;
import jakarta.persistence.EntityManager;

/** Opens the people to tests of other rooms. */
public final class PeopleFixture {
    private PeopleFixture() {}

    /** The favourites in a database. */
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    public static Favourites favourites(EntityManager entities) {
        Favourites favourites = new Favourites();
        favourites.entities = entities;
        favourites.search = SearchFixture.on(entities);
        return favourites;
    }
}
