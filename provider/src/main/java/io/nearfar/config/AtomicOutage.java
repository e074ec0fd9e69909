package io.nearfar.config;

/** What a conditional operation of a cache that fails open answers in an outage. */
public enum AtomicOutage {
    /** It throws: a wrong "you won" is worse than an error. */
    REFUSE,
    /** It is decided among the threads of this node alone. */
    LOCAL
}
