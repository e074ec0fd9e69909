package io.nearfar.sample.people;

import io.nearfar.sample.place.CitySearch;
import io.nearfar.sample.place.CitySummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** The cities that people keep. */
@ApplicationScoped
@CacheDefaults(cacheName = "favourites")
public class Favourites {
    @Inject
    EntityManager entities;

    @Inject
    CitySearch search;

    /** The cities a person keeps, by name. */
    @CacheResult
    public List<CitySummary> of(String person) {
        return search.summaries(ids(person)).stream()
                .sorted(Comparator.comparing(CitySummary::name))
                .toList();
    }

    /** The same as ids and from the database, for what must not be a moment old. */
    public Set<Long> ids(String person) {
        Person found = entities.find(Person.class, person);
        return found == null ? Set.of() : Set.copyOf(found.favourites());
    }

    /** The people who keep a city. */
    public List<String> keepers(long city) {
        return entities.createQuery("SELECT p.id FROM Person p WHERE :city MEMBER OF p.favourites", String.class)
                .setParameter("city", city)
                .getResultList();
    }

    /** Keeps a city for a person; once is enough. */
    @CacheRemove
    @Transactional
    public void add(@CacheKey String person, long city) {
        Person found = entities.find(Person.class, person);
        if (found != null) {
            found.favourites().add(city);
        }
    }

    /** Keeps it no longer. */
    @CacheRemove
    @Transactional
    public void drop(@CacheKey String person, long city) {
        Person found = entities.find(Person.class, person);
        if (found != null) {
            found.favourites().remove(city);
        }
    }
}
