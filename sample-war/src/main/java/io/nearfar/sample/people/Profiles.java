package io.nearfar.sample.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Set;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** The profiles of the people. */
@ApplicationScoped
@CacheDefaults(cacheName = "profile")
public class Profiles {
    @Inject
    EntityManager entities;

    /** The profile of a person; null if nobody signs in by that name, which the cache remembers for a while, too. */
    @CacheResult
    public @Nullable Profile profile(String person) {
        Person found = entities.find(Person.class, person);
        if (found == null) {
            return null;
        }
        long posts = entities.createQuery("SELECT COUNT(p) FROM Post p WHERE p.person = :person", Long.class)
                .setParameter("person", person)
                .getSingleResult();
        return new Profile(found.id(), found.name(), found.about(), Set.copyOf(found.roles()), posts);
    }

    /** Changes a profile; that of an unknown person is left alone. */
    @CacheRemove
    @Transactional
    public void change(@CacheKey String person, ProfileEdit edit) {
        Person found = entities.find(Person.class, person);
        if (found != null) {
            found.setName(edit.name().strip());
            found.setAbout(edit.about().strip());
        }
    }

    /** Declares a profile out of date, because its person wrote a post. */
    @CacheRemove
    public void forget(@CacheKey String person) {
        // The annotation does it.
    }
}
