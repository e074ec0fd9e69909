package io.nearfar.tier;

import io.nearfar.entry.Entry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a read came to.
 *
 * @param entry the live entry, or null
 * @param origin who says so
 */
record Answer<V>(@Nullable Entry<V> entry, Origin origin) {
    /** Who answers. Only what the far tier says may be kept near. */
    enum Origin {
        /** The far tier. */
        FAR,
        /** This node, by what the key was told in the outage. */
        NOTED,
        /** The fallback store, by what any node that sees it told the key in the outage. */
        FALLBACK,
        /** The near tier, beyond its lease. */
        STALE,
        /** Nobody. */
        NOBODY
    }

    static <V> Answer<V> far(@Nullable Entry<V> entry) {
        return new Answer<>(entry, Origin.FAR);
    }

    /** Returns the entries among the answers. */
    static <K, V> Map<K, Entry<V>> entries(Map<K, Answer<V>> answers) {
        Map<K, Entry<V>> entries = new HashMap<>(2 * answers.size());
        answers.forEach((key, answer) -> {
            if (answer.entry() != null) {
                entries.put(key, answer.entry());
            }
        });
        return entries;
    }

    boolean isFar() {
        return origin == Origin.FAR;
    }
}
