package io.nearfar.cdi.cache;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What annotated methods have thrown lately. A caller who waited for somebody else's call gets what that call threw, and
 * must tell it from a failure of the cache, which is no concern of callers. Holds nothing that nobody else holds.
 */
final class MethodFailures {
    private final Map<Throwable, Boolean> thrown = Collections.synchronizedMap(new WeakHashMap<>());

    /** Notes what a method threw, or what was stored as thrown by one. */
    void add(Throwable failure) {
        thrown.put(failure, Boolean.TRUE);
    }

    /** Tells whether {@code failure} was noted. */
    boolean contains(Throwable failure) {
        return thrown.containsKey(failure);
    }
}
