package io.nearfar.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that was set, sorted by the place where it stands. */
final class Sheet {
    private final Section manager = new Section();
    private final Map<String, Section> templates = new HashMap<>();
    private final Map<CachePattern, Section> caches = new HashMap<>();
    private final Map<String, Section> invalidations = new HashMap<>();
    private final Map<String, String> invalidationNames = new HashMap<>();
    private final Map<String, Section> warmings = new HashMap<>();
    private final Map<String, Section> limits = new HashMap<>();
    private final Map<String, Section> responses = new HashMap<>();

    /** Adds what a key set. */
    void add(Target target, Given given) {
        section(target).add(given);
    }

    /** Returns what is set for the manager. */
    Section manager() {
        return manager;
    }

    /** Returns what is set for a template, or null if nothing is. */
    @Nullable
    Section template(String name) {
        return templates.get(EnvironmentForm.of(name));
    }

    /** Returns the names of the templates that are set, in environment form. */
    Set<String> templates() {
        return templates.keySet();
    }

    /** Returns the names and patterns of caches for which something is set. */
    Set<CachePattern> patterns() {
        return caches.keySet();
    }

    /** Returns what is set for each named invalidation, by its name as it was first written. */
    SortedMap<String, Section> invalidations() {
        SortedMap<String, Section> named = new TreeMap<>();
        invalidations.forEach((form, section) -> named.put(invalidationNames.getOrDefault(form, form), section));
        return named;
    }

    /** Returns what is set for warmings, by their names in environment form. */
    Map<String, Section> warmings() {
        return warmings;
    }

    /** Returns what is set for limits of paths, by their names in environment form. */
    Map<String, Section> limits() {
        return limits;
    }

    /** Returns what is set for responses of paths, by their names in environment form. */
    Map<String, Section> responses() {
        return responses;
    }

    /** Returns all sections of templates and caches. */
    List<Section> named() {
        List<Section> named = new ArrayList<>(templates.values());
        named.addAll(caches.values());
        return named;
    }

    /** Returns what is set for the cache of that name, the most specific first; patterns that are equally so joined. */
    List<Section> matching(String cache) {
        List<CachePattern> patterns = caches.keySet().stream()
                .filter(pattern -> pattern.matches(cache))
                .sorted()
                .toList();
        List<Section> sections = new ArrayList<>();
        for (int from = 0, to; from < patterns.size(); from = to) {
            to = endOfEquals(patterns, from);
            sections.add(Section.joined(sections(patterns.subList(from, to))));
        }
        return sections;
    }

    private static int endOfEquals(List<CachePattern> sorted, int from) {
        int end = from + 1;
        while (end < sorted.size() && sorted.get(from).compareTo(sorted.get(end)) == 0) {
            end++;
        }
        return end;
    }

    private List<Section> sections(List<CachePattern> patterns) {
        return patterns.stream().map(caches::get).filter(Objects::nonNull).toList();
    }

    private Section section(Target target) {
        return switch (target.place()) {
            case MANAGER -> manager;
            case TEMPLATE -> templates.computeIfAbsent(EnvironmentForm.of(target.owner()), absent -> new Section());
            case CACHE -> caches.computeIfAbsent(pattern(target), absent -> new Section());
            case INVALIDATION -> invalidation(target);
            case WARMING -> warmings.computeIfAbsent(EnvironmentForm.of(target.owner()), absent -> new Section());
            case LIMIT -> limits.computeIfAbsent(EnvironmentForm.of(target.owner()), absent -> new Section());
            case RESPONSE -> responses.computeIfAbsent(EnvironmentForm.of(target.owner()), absent -> new Section());
        };
    }

    private Section invalidation(Target target) {
        String form = EnvironmentForm.of(target.owner());
        String name =
                target.environment() ? target.owner().toLowerCase(Locale.ROOT).replace('_', '-') : target.owner();
        invalidationNames.putIfAbsent(form, name);
        return invalidations.computeIfAbsent(form, absent -> new Section());
    }

    private static CachePattern pattern(Target target) {
        return target.environment() ? CachePattern.ofEnvironment(target.owner()) : CachePattern.ofKey(target.owner());
    }
}
