package io.nearfar.config;

/** What the creation of a far tier does when the server cannot be used. */
public enum StartPolicy {
    /** What waiting can cure starts in an outage; what it cannot cure fails the start. */
    DEFAULT,
    /** Everything starts in an outage. */
    LENIENT,
    /** Everything fails the start. */
    REQUIRE
}
