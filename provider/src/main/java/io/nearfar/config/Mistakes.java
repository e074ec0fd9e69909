package io.nearfar.config;

import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheException;

/** Gathers what is wrong with the settings, so that all of it is told at once. */
final class Mistakes {
    private final List<String> texts = new ArrayList<>();

    /** Adds a mistake; the same text twice counts once. */
    void add(String text) {
        if (!texts.contains(text)) {
            texts.add(text);
        }
    }

    /** Adds a mistake in what was given; {@code text} says what is wrong and what is allowed. */
    void add(Given given, String text) {
        add(given.shown() + ": " + text);
    }

    /** Adds that two settings cannot go together; {@code cure} says why and what to do. */
    void fight(Given one, Given other, String cure) {
        add(one.shown() + " and " + other.shown() + ": " + cure);
    }

    /**
     * Does nothing if there are none.
     *
     * @throws CacheException with all of them
     */
    void throwIfAny() {
        if (texts.size() == 1) {
            throw new CacheException("A setting is wrong. " + texts.get(0));
        }
        if (!texts.isEmpty()) {
            throw new CacheException(texts.size() + " settings are wrong.\n  " + String.join("\n  ", texts));
        }
    }
}
