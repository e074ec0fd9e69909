package io.nearfar.config;

/** Of whose changes listeners of a cache hear. */
public enum ListenerScope {
    /** Of those that their own node makes. */
    LOCAL,
    /** Of those that any node makes. */
    ALL
}
