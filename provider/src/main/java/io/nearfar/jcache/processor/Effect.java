package io.nearfar.jcache.processor;

/** What a processor did to its entry, all in all. */
public enum Effect {
    /** Nothing that matters to the cache. */
    NONE,
    /** It read the value of an entry that was there. */
    ACCESSED,
    /** It set a value where there was none. */
    CREATED,
    /** It set another value. */
    UPDATED,
    /** It removed the entry, or asked to although there was none. */
    REMOVED
}
