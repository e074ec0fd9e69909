package io.nearfar.config;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is set at one place: for the manager, for one template, or for caches of one name or pattern. */
final class Section {
    private final Map<Setting<?>, Given> settings = new HashMap<>();

    /** Returns one that holds what all of {@code sections} hold; of two, the one whose source comes first. */
    static Section joined(List<Section> sections) {
        Section joined = new Section();
        sections.forEach(section -> section.settings.values().forEach(joined::add));
        return joined;
    }

    /** Adds a setting, unless the same is there from a source that comes first. */
    void add(Given given) {
        settings.merge(given.setting(), given, (one, other) -> one.rank() <= other.rank() ? one : other);
    }

    /** Takes a setting out. */
    void remove(Setting<?> setting) {
        settings.remove(setting);
    }

    /** Returns where and how the setting was given, or null if it was not. */
    @Nullable
    Given given(Setting<?> setting) {
        return settings.get(setting);
    }

    /** Returns what was given under the first of its keys; there must be something. */
    Given first() {
        return settings.values().stream()
                .min(Comparator.comparing(given -> given.found().key()))
                .orElseThrow();
    }

    /** Tells whether the setting was given. */
    boolean has(Setting<?> setting) {
        return settings.containsKey(setting);
    }

    /** Tells whether {@code one} was given, and {@code other} was not or in a source that counts less. */
    boolean outranks(Setting<?> one, Setting<?> other) {
        Given first = settings.get(one);
        Given second = settings.get(other);
        return first != null && (second == null || first.rank() < second.rank());
    }

    /** Returns the value that was given, or null if none was. */
    <T> @Nullable T value(Setting<T> setting) {
        Given given = settings.get(setting);
        return given == null ? null : setting.kind().parse(given.found().text());
    }

    /** Returns the value that was given, or the default. */
    <T> T valueOrDefault(Setting<T> setting) {
        T value = value(setting);
        return value == null ? setting.requiredDefault() : value;
    }
}
