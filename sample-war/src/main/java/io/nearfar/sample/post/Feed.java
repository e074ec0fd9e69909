package io.nearfar.sample.post;

import io.nearfar.sample.people.Favourites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/** The posts about the cities that a person keeps. */
@ApplicationScoped
public class Feed {
    private static final int LATEST = 30;

    @Inject
    EntityManager entities;

    @Inject
    Favourites favourites;

    @Inject
    PostViews views;

    /** The latest of them, newest first. */
    @CacheResult(cacheName = "feed")
    public List<PostView> of(String person) {
        Set<Long> cities = favourites.ids(person);
        if (cities.isEmpty()) {
            return List.of();
        }
        return views.of(entities.createQuery(
                        "SELECT p FROM Post p WHERE p.city IN :cities ORDER BY p.written DESC, p.id DESC", Post.class)
                .setParameter("cities", cities)
                .setMaxResults(LATEST)
                .getResultList());
    }

    /** Declares all feeds out of date: a post, or a change of favourites, may show in any. */
    @CacheRemoveAll(cacheName = "feed")
    public void forget() {
        // The annotation does it.
    }
}
