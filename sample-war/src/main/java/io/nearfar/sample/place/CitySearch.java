package io.nearfar.sample.place;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/** Cities by their names. Every question here reads the names of all cities. */
@ApplicationScoped
public class CitySearch {
    private static final int SUGGESTIONS = 8;
    private static final int PAGE = 20;
    private static final String SIZE = " ORDER BY c.population DESC, c.id";

    @Inject
    EntityManager entities;

    /**
     * What a person may be typing: the most populous cities with a word that begins so.
     *
     * @param start folded, see {@link Folding}
     */
    @CacheResult(cacheName = "suggestions")
    public List<CitySummary> suggestions(String start) {
        String pattern = escaped(start) + "%";
        return List.copyOf(entities.createQuery(
                        CitySummary.SELECT
                                + "WHERE c.searchName LIKE :name ESCAPE '!' OR c.searchName LIKE :word ESCAPE '!'"
                                + SIZE,
                        CitySummary.class)
                .setParameter("name", pattern)
                .setParameter("word", "% " + pattern)
                .setMaxResults(SUGGESTIONS)
                .getResultList());
    }

    /**
     * Cities whose name contains a text.
     *
     * @param part folded
     * @param country two letters, or empty for all countries
     * @param page from 0; beyond the last the list is empty
     */
    @CacheResult(cacheName = "search")
    public SearchPage search(String part, String country, int page) {
        String where = "WHERE c.searchName LIKE :part ESCAPE '!' AND (:country = '' OR c.country.code = :country)";
        long total = with(part, country, "SELECT COUNT(c) FROM City c " + where, Long.class)
                .getSingleResult();
        List<CitySummary> cities = with(part, country, CitySummary.SELECT + where + SIZE, CitySummary.class)
                .setFirstResult(page * PAGE)
                .setMaxResults(PAGE)
                .getResultList();
        return new SearchPage(List.copyOf(cities), total, page, (int) ((total + PAGE - 1) / PAGE));
    }

    private <T> TypedQuery<T> with(String part, String country, String query, Class<T> type) {
        return entities.createQuery(query, type)
                .setParameter("part", "%" + escaped(part) + "%")
                .setParameter("country", country);
    }

    /** The cities of these ids, in no particular order; unknown ids are left out. Not cached: its callers are. */
    public List<CitySummary> summaries(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return List.copyOf(entities.createQuery(CitySummary.SELECT + "WHERE c.id IN :ids", CitySummary.class)
                .setParameter("ids", ids)
                .getResultList());
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** Declares every suggestion out of date, because a population in it may have changed. */
    @CacheRemoveAll(cacheName = "suggestions")
    public void forgetSuggestions() {
        // The annotation does it.
    }

    /** Declares every page of every search out of date. */
    @CacheRemoveAll(cacheName = "search")
    public void forgetSearches() {
        // The annotation does it.
    }
}
