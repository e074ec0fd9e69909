package io.nearfar.sample.people;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.Set;

/** Somebody who can sign in. */
@Entity
@Table(name = "person")
class Person {
    @Id
    private String id = "";

    private String name = "";

    private String about = "";

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "person_role", joinColumns = @JoinColumn(name = "person"))
    @Column(name = "name")
    private Set<String> roles = new HashSet<>();

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "favourite", joinColumns = @JoinColumn(name = "person"))
    @Column(name = "city")
    private Set<Long> favourites = new HashSet<>();

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    void setName(String name) {
        this.name = name;
    }

    String about() {
        return about;
    }

    void setAbout(String about) {
        this.about = about;
    }

    Set<String> roles() {
        return roles;
    }

    Set<Long> favourites() {
        return favourites;
    }
}
