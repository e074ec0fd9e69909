package io.nearfar.sample.post;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** The notifications of the people. */
@ApplicationScoped
@CacheDefaults(cacheName = "notifications")
public class Inboxes {
    private static final int LATEST = 20;

    @Inject
    EntityManager entities;

    @Inject
    PostViews views;

    /** The inbox of a person. */
    @CacheResult
    public Inbox of(String person) {
        List<Notification> latest = entities.createQuery(
                        "SELECT n FROM Notification n JOIN FETCH n.post WHERE n.person = :person ORDER BY n.id DESC",
                        Notification.class)
                .setParameter("person", person)
                .setMaxResults(LATEST)
                .getResultList();
        return new Inbox(unseen(person), notices(latest));
    }

    private long unseen(String person) {
        return entities.createQuery(
                        "SELECT COUNT(n) FROM Notification n WHERE n.person = :person AND n.seen = FALSE", Long.class)
                .setParameter("person", person)
                .getSingleResult();
    }

    private List<Notice> notices(List<Notification> latest) {
        List<PostView> posts = views.of(latest.stream().map(Notification::post).toList());
        List<Notice> notices = new ArrayList<>();
        for (int i = 0; i < posts.size(); i++) {
            notices.add(new Notice(posts.get(i), latest.get(i).seen()));
        }
        return List.copyOf(notices);
    }

    /** Marks all notifications of a person as seen. */
    @CacheRemove
    @Transactional
    public void seen(@CacheKey String person) {
        entities.createQuery("UPDATE Notification n SET n.seen = TRUE WHERE n.person = :person")
                .setParameter("person", person)
                .executeUpdate();
    }

    /** Declares an inbox out of date, because there is a new post in it. */
    @CacheRemove
    public void forget(@CacheKey String person) {
        // The annotation does it.
    }
}
