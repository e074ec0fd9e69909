package io.nearfar.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sections that hold for one cache, in the order in which they count: each name or pattern before its template. */
final class Layers {
    private final List<Section> sections;

    private Layers(List<Section> sections) {
        this.sections = sections;
    }

    /**
     * Returns the sections for a cache.
     *
     * @param declaredInCode whether the default template is left out because the application gave a configuration
     */
    static Layers of(Sheet sheet, String cache, boolean declaredInCode) {
        List<Section> sections = new ArrayList<>();
        for (Section matching : sheet.matching(cache)) {
            sections.add(matching);
            addTemplate(sheet, matching.value(CacheTable.TEMPLATE), sections);
        }
        if (!declaredInCode) {
            addTemplate(sheet, CacheTable.DEFAULT_TEMPLATE, sections);
        }
        sections.add(sheet.manager());
        return new Layers(List.copyOf(sections));
    }

    private static void addTemplate(Sheet sheet, @Nullable String name, List<Section> sections) {
        Section template = name == null ? null : sheet.template(name);
        if (template != null) {
            sections.add(template);
        }
    }

    /** Returns the value that counts most, or null if none was given. */
    <T> @Nullable T value(Setting<T> setting) {
        return sections.stream()
                .map(section -> section.value(setting))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the value that counts most, or the default. */
    <T> T valueOrDefault(Setting<T> setting) {
        T value = value(setting);
        return value == null ? setting.requiredDefault() : value;
    }

    /** Returns every value that was given, that which counts most first. */
    <T> List<T> values(Setting<T> setting) {
        List<T> values = new ArrayList<>();
        for (Section section : sections) {
            T value = section.value(setting);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Returns where the value that counts most was given, or null if none was. */
    @Nullable
    Given given(Setting<?> setting) {
        return sections.stream()
                .map(section -> section.given(setting))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the value of the first section that holds any of two settings that replace each other, or null. */
    <T> @Nullable T valueUnlessReplaced(Setting<T> setting, Setting<?> other) {
        return sections.stream()
                .filter(section -> section.has(setting) || section.has(other))
                .findFirst()
                .map(section -> section.value(setting))
                .orElse(null);
    }
}
