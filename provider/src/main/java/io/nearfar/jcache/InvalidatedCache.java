package io.nearfar.jcache;

import io.nearfar.InvalidationPace;
import io.nearfar.InvalidationReport;
import io.nearfar.PatternInvalidation;
import io.nearfar.config.InvalidationPlan;
import io.nearfar.config.InvalidationPlan.Targets;
import io.nearfar.config.Namespaces;
import io.nearfar.entry.Attempts;
import io.nearfar.entry.Change;
import io.nearfar.entry.Ending;
import io.nearfar.entry.EntryStore;
import io.nearfar.observe.CacheSignals.Bulk;
import io.nearfar.tier.KeyPatterns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cache in which a named invalidation ends entries; writers and listeners hear nothing of it.
 *
 * @param name of the cache
 * @param open whether it is open in this manager
 * @param store its entries
 * @param patterns walks over its keys
 * @param namespaces what it has declared, as far as that is known here
 * @param keys removes entries by their keys
 * @param counts counts what it ends
 */
record InvalidatedCache(
        String name,
        boolean open,
        EntryStore<?, ?> store,
        Patterns patterns,
        Namespaces namespaces,
        KeyRemoval keys,
        Consumer<Bulk> counts) {
    private static final int TAGS_AT_A_TIME = 1_000;

    /** Removes an entry, or ends it otherwise, by what a person reads in its key. */
    @FunctionalInterface
    interface KeyRemoval {
        /** Returns false if only a look at each key can tell which others read so. */
        boolean remove(String text, Ending ending);
    }

    /** Returns one that is open, with keys of a declared type. */
    static <K, V> InvalidatedCache opened(
            String name,
            EntryStore<K, V> store,
            Class<K> keys,
            Patterns patterns,
            Namespaces namespaces,
            Consumer<Bulk> counts) {
        return new InvalidatedCache(
                name,
                true,
                store,
                patterns,
                namespaces,
                (text, ending) -> isRemoved(store, keys, text, ending),
                counts);
    }

    /** Returns one that is not open here, of whose keys nobody knows the type. */
    static InvalidatedCache unopened(String name, EntryStore<?, ?> store, Patterns patterns) {
        return new InvalidatedCache(name, false, store, patterns, Namespaces.NONE, (text, ending) -> false, what -> {});
    }

    private static <K, V> boolean isRemoved(EntryStore<K, V> store, Class<K> type, String text, Ending ending) {
        List<Object> keys = KeyPatterns.reading(text, type);
        List<Object> known = keys == null ? List.of(text) : keys;
        Change<V> end = ending == Ending.SOFT ? Change.softRemoval() : Change.invalidation();
        known.stream().filter(type::isInstance).forEach(key -> store.apply(type.cast(key), end));
        return keys != null;
    }

    /**
     * Ends what is to end, one after the other, each also where another fails.
     *
     * @param pace of walks in the background, or null: they are made here
     * @throws RuntimeException the first failure, when all has been tried
     */
    InvalidationReport.InCache end(List<Targets> several, @Nullable InvalidationPace pace) {
        Set<String> tags = new LinkedHashSet<>();
        Set<String> keys = new LinkedHashSet<>();
        List<PatternInvalidation> walks = new ArrayList<>();
        Attempts attempts = new Attempts();
        for (Targets targets : several) {
            end(targets, pace, attempts, walks);
            tags.addAll(targets.tags());
            keys.addAll(targets.keys());
        }
        attempts.end();
        boolean cleared = several.stream().anyMatch(Targets::clear);
        return new InvalidationReport.InCache(name, open, tags, keys, walks, cleared);
    }

    private void end(
            Targets targets, @Nullable InvalidationPace pace, Attempts attempts, List<PatternInvalidation> walks) {
        Ending ending = targets.soft() ? Ending.SOFT : Ending.HARD;
        List<String> tags = new ArrayList<>(targets.tags());
        for (String prefix : targets.prefixes()) {
            String namespace = namespaces.tag(prefix);
            if (namespace != null) {
                tags.add(namespace);
            }
        }
        if (!tags.isEmpty()) {
            attempts.make(() -> end(tags, ending));
        }
        if (targets.clear()) {
            attempts.make(() -> {
                store.clear();
                counts.accept(Bulk.CLEAR);
            });
        }
        for (String pattern : patterns(targets, ending, attempts)) {
            attempts.make(() -> walks.add(walk(pattern, ending, pace)));
        }
    }

    private void end(List<String> tags, Ending ending) {
        Attempts attempts = new Attempts();
        for (int from = 0; from < tags.size(); from += TAGS_AT_A_TIME) {
            List<String> some = tags.subList(from, Math.min(tags.size(), from + TAGS_AT_A_TIME));
            attempts.make(() -> store.invalidateTags(some, ending));
        }
        attempts.end();
        counts.accept(Bulk.TAGS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure is for whoever has begun it
    private PatternInvalidation walk(String pattern, Ending ending, @Nullable InvalidationPace pace) {
        PatternInvalidation walk =
                pace == null ? patterns.invalidate(pattern, ending) : patterns.start(pattern, ending, pace);
        walk.done().thenRun(() -> counts.accept(Bulk.PATTERN));
        return walk;
    }

    /** Removes the keys that it can; returns what a walk must match for the others and all else. */
    private Set<String> patterns(Targets targets, Ending ending, Attempts attempts) {
        Set<String> patterns = new LinkedHashSet<>();
        for (String key : targets.keys()) {
            attempts.make(() -> {
                String exactly = keys.remove(key, ending) ? null : InvalidationPlan.exactly(key);
                if (exactly != null) {
                    patterns.add(exactly);
                }
            });
        }
        targets.prefixes().stream()
                .filter(prefix -> namespaces.tag(prefix) == null)
                .forEach(prefix -> patterns.add(KeyPatterns.ofPrefix(prefix)));
        patterns.addAll(targets.patterns());
        return patterns;
    }
}
