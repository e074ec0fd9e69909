package io.nearfar.sample.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** The preferences of the people: read at every page, changed once in a while, put into the cache by the change. */
@ApplicationScoped
@CacheDefaults(cacheName = "preferences")
public class PreferenceBook {
    @Inject
    EntityManager entities;

    /** The preferences of a person, or the defaults. */
    @CacheResult
    public Preferences of(String person) {
        Preference found = entities.find(Preference.class, person);
        return found == null ? Preferences.DEFAULT : found.preferences();
    }

    /** Keeps a person's preferences; every node reads them from now on. */
    @CachePut
    @Transactional
    public void keep(@CacheKey String person, @CacheValue Preferences preferences) {
        entities.merge(new Preference(person, preferences));
    }
}
