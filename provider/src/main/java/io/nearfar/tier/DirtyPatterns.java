package io.nearfar.tier;

import io.nearfar.key.Glob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The invalidations of patterns that are still to be made. A walk over the keys of the far tier makes them, which takes its
 * time; so a key that matches is settled by itself before anything is believed or changed of it, once. Safe for use by several
 * threads.
 */
final class DirtyPatterns {
    /** Beyond so many the cache is to be cleared instead. */
    private static final int MOST = 100;

    private final Map<Glob, Long> noted = new LinkedHashMap<>();
    private final Set<String> settled = ConcurrentHashMap.newKeySet();
    private volatile List<Glob> all = List.of();

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Remembers one, with its place among all that was noted; returns false if there is no room for it. */
    synchronized boolean note(Glob pattern, long order) {
        if (noted.size() == MOST && !noted.containsKey(pattern)) {
            return false;
        }
        noted.merge(pattern, order, Math::max);
        settled.removeIf(pattern);
        all = List.copyOf(noted.keySet());
        return true;
    }

    /** Tells whether what the far tier has under a key of that text is still to be removed. */
    boolean isPending(String text) {
        return !isEmpty() && all.stream().anyMatch(pattern -> pattern.test(text)) && !settled.contains(text);
    }

    /** Takes it upon oneself to settle a key; returns false if that is nobody's task any more. */
    boolean begin(String text) {
        return isPending(text) && settled.add(text);
    }

    /** Returns how many keys were settled by themselves. */
    int settled() {
        return settled.size();
    }

    /** Returns all, each with its place; what is noted from now on has a later one. */
    synchronized Map<Glob, Long> begin() {
        return new LinkedHashMap<>(noted);
    }

    /** These were made as they were noted then. */
    synchronized void made(Map<Glob, Long> begun) {
        noted.entrySet().removeIf(owed -> owed.getValue().equals(begun.get(owed.getKey())));
        forgetMade();
    }

    /** All was cleared; that covers what was noted up to {@code order}. */
    synchronized void cleared(long order) {
        noted.values().removeIf(its -> its <= order);
        forgetMade();
    }

    private void forgetMade() {
        all = List.copyOf(noted.keySet());
        if (all.isEmpty()) {
            settled.clear();
        }
    }
}
