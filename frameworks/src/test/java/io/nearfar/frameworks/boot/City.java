package io.nearfar.frameworks.boot;

import java.io.Serializable;

/** A value of the application. */
public record City(String name, int letters) implements Serializable {
    static City of(String name) {
        return new City(name, name.length());
    }
}
