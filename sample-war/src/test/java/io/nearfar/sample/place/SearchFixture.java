package io.nearfar.sample.place;

import jakarta.persistence.EntityManager;

/** Opens the search to tests of other rooms. */
public final class SearchFixture {
    private SearchFixture() {}

    /** A search on a database. */
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    public static CitySearch on(EntityManager entities) {
        CitySearch search = new CitySearch();
        search.entities = entities;
        return search;
    }
}
