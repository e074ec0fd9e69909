package io.nearfar.config;

/** Which classes bytes from the far tier may be decoded into. */
public enum TrustPolicy {
    /** JDK value types, declared types with their packages, and what is allowed by name. */
    DECLARED,
    /** In a cache without declared types also classes that this process itself has put. */
    LEARNED,
    /** Every class that can be loaded: only where nobody else can write to the server. */
    ALL
}
