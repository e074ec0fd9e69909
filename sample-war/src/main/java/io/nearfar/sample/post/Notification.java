package io.nearfar.sample.post;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Tells a person of a post about a city they keep. */
@Entity
@Table(name = "notification")
class Notification {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "notification")
    @SequenceGenerator(name = "notification", sequenceName = "notification_number", allocationSize = 20)
    private long id;

    @SuppressWarnings("UnusedVariable") // Queries ask for it.
    private String person = "";

    @ManyToOne(optional = false)
    @JoinColumn(name = "post")
    private @Nullable Post post;

    private boolean seen;

    /** For JPA. */
    protected Notification() {}

    Notification(String person, Post post) {
        this.person = person;
        this.post = post;
    }

    Post post() {
        if (post == null) {
            throw new IllegalStateException("notification " + id + " announces no post: the database is damaged");
        }
        return post;
    }

    boolean seen() {
        return seen;
    }
}
