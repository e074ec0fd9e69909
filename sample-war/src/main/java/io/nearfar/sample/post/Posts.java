package io.nearfar.sample.post;

import io.nearfar.sample.people.Favourites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** The posts about a city. */
@ApplicationScoped
@CacheDefaults(cacheName = "posts")
public class Posts {
    private static final int LATEST = 30;

    @Inject
    EntityManager entities;

    @Inject
    PostViews views;

    @Inject
    Favourites favourites;

    @Inject
    Clock clock;

    /** The latest posts about a city, newest first. */
    @CacheResult
    public List<PostView> about(long city) {
        return views.of(entities.createQuery(
                        "SELECT p FROM Post p WHERE p.city = :city ORDER BY p.written DESC, p.id DESC", Post.class)
                .setParameter("city", city)
                .setMaxResults(LATEST)
                .getResultList());
    }

    /**
     * Writes a post and a notification for everybody else who keeps the city.
     *
     * @return those who were notified
     */
    @CacheRemove
    @Transactional
    public List<String> write(@CacheKey long city, String person, String text) {
        Post post = new Post(city, person, text.strip(), clock.millis());
        entities.persist(post);
        List<String> told = favourites.keepers(city).stream()
                .filter(keeper -> !keeper.equals(person))
                .toList();
        told.forEach(keeper -> entities.persist(new Notification(keeper, post)));
        return told;
    }
}
