package io.nearfar.sample.post;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A few words about a city. */
@Entity
@Table(name = "post")
class Post {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "post")
    @SequenceGenerator(name = "post", sequenceName = "post_number", allocationSize = 20)
    private long id;

    private long city;

    private String person = "";

    private String text = "";

    private long written;

    /** For JPA. */
    protected Post() {}

    Post(long city, String person, String text, long written) {
        this.city = city;
        this.person = person;
        this.text = text;
        this.written = written;
    }

    long id() {
        return id;
    }

    long city() {
        return city;
    }

    String person() {
        return person;
    }

    String text() {
        return text;
    }

    long written() {
        return written;
    }
}
