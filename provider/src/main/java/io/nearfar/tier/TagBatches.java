package io.nearfar.tier;

import io.nearfar.entry.Attempts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Many tags are invalidated some at a time. A server enters each into the tables of all partitions, and answers nobody else
 * meanwhile: a thousand at once take it longer than a deadline when tables have to be trimmed.
 */
final class TagBatches {
    static final int MOST = 100;

    private TagBatches() {}

    static List<List<String>> of(Collection<String> tags) {
        List<String> all = List.copyOf(tags);
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            batches.add(all.subList(from, Math.min(all.size(), from + MOST)));
        }
        return batches;
    }

    /** Has each of them invalidated, also where another cannot be, and then throws why. */
    static void each(Collection<String> tags, Consumer<List<String>> invalidation) {
        Attempts attempts = new Attempts();
        of(tags).forEach(some -> attempts.make(() -> invalidation.accept(some)));
        attempts.end();
    }
}
