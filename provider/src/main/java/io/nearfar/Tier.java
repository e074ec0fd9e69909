package io.nearfar;

/** The two tiers of a cache: the process's own memory and the store that all nodes share. */
public enum Tier {
    /** In the process, in Caffeine; what it answers costs no round trip. */
    NEAR,
    /** Redis or Valkey, shared by all nodes of the application. */
    FAR
}
