package io.nearfar.config;

/** What operations answer while the far tier does not. */
public enum OutagePolicy {
    /** Reads miss, writes return, conditional operations throw; the application goes on. */
    OPEN,
    /** Every operation that needs the far tier throws. */
    CLOSED
}
