package io.nearfar.fault.history;

import java.time.Duration;
import java.util.Locale;

/** The caches of a fault run, each for another kind of work. The names of their keys begin with the cache's name. */
public enum Role {
    /** Written and read in every way, from every node. */
    REGISTERS(null, false),
    /** So many keys that each is written once or twice: whatever a node has missed of it, it misses for good. */
    SELDOM(null, false),
    /** Like registers, and cleared now and then. */
    CLEARED(null, false),
    /**
     * Written and loaded with two tags on every entry, one that all carry and one by {@link Values#isLike}, each of which is
     * invalidated now and then: of the first that counts as a clear.
     */
    TAGGED(null, false),
    /** Written and loaded, and now and then ended by patterns: of all keys, or of one half, which leave the other. */
    PATTERNED(null, false),
    /** With a listener on every node. */
    HEARD(null, false),
    /** Filled by loads. */
    LOADED(null, false),
    /** Numbers that are only ever increased. */
    COUNTERS(null, false),
    /** Each key is put once, by whoever is first. */
    ONCE(null, false),
    /** Entries that end so long after they were written. */
    EXPIRING(Duration.ofMillis(400), false),
    /** Entries that end so long after the last access. */
    TOUCHED(Duration.ofMillis(1_500), true),
    /** Written and read in every way through the view whose operations answer with stages. */
    STAGED(null, false),
    /** Put, removed, and loaded by what mostly finds nothing, which is remembered. */
    ABSENT(null, false),
    /**
     * Entries that end soon, and are then kept for loads that fail or take long, or answer while they are loaded anew; also such
     * as somebody has ended so.
     */
    KEPT(Duration.ofMillis(400), false),
    /** Each key is written while another node reads it for the first time. */
    RACED(null, false);

    private final Duration life;
    private final boolean touched;

    Role(Duration life, boolean touched) {
        this.life = life;
        this.touched = touched;
    }

    /** Returns the name of the cache. */
    public String cache() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the full name of a key, by which a history knows it. */
    public String key(Object key) {
        return cache() + "/" + key;
    }

    /** Returns the cache of a key with a full name. */
    public static Role of(String key) {
        return valueOf(key.substring(0, key.indexOf('/')).toUpperCase(Locale.ROOT));
    }

    /** Returns how long entries live, or null if they are eternal. */
    public Duration life() {
        return life;
    }

    /** Tells whether an access gives an entry its whole life again. */
    public boolean isTouched() {
        return touched;
    }

    public boolean isEternal() {
        return life == null;
    }
}
