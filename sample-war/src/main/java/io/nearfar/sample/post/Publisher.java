package io.nearfar.sample.post;

import io.nearfar.sample.people.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Publishes a post: writes it, then declares out of date what it changed, in this order. */
@ApplicationScoped
public class Publisher {
    @Inject
    Posts posts;

    @Inject
    Feed feed;

    @Inject
    Profiles profiles;

    @Inject
    Inboxes inboxes;

    /** Publishes a person's words about a city. */
    public void publish(long city, String person, String text) {
        posts.write(city, person, text).forEach(inboxes::forget);
        feed.forget();
        profiles.forget(person);
    }
}
