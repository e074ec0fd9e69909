package io.nearfar.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sections that hold for one cache, in the order in which they count: each name or pattern before its template. */
final class Layers {
    private final Sheet sheet;
    private final List<Section> sections = new ArrayList<>();
    private boolean defaultTemplate;

    private Layers(Sheet sheet) {
        this.sheet = sheet;
    }

    /**
     * Returns the sections for a cache.
     *
     * @param declaredInCode whether the default template is left out because the application gave a configuration
     * @param inCode what that configuration sets beyond the standard; counts after what names the cache
     */
    static Layers of(Sheet sheet, String cache, boolean declaredInCode, Section inCode) {
        Layers layers = new Layers(sheet);
        for (Section matching : sheet.matching(cache)) {
            layers.sections.add(matching);
            layers.addTemplate(matching.value(CacheTable.TEMPLATE));
        }
        layers.sections.add(inCode);
        layers.addTemplate(inCode.value(CacheTable.TEMPLATE));
        layers.addTemplate(declaredInCode ? null : CacheTable.DEFAULT_TEMPLATE);
        layers.sections.add(sheet.manager());
        return layers;
    }

    private void addTemplate(@Nullable String name) {
        if (name != null) {
            Section template = sheet.template(name);
            sections.addAll(template == null ? List.of() : List.of(template));
            defaultTemplate |= EnvironmentForm.of(name).equals(EnvironmentForm.of(CacheTable.DEFAULT_TEMPLATE));
        }
    }

    /** Tells whether the cache takes the default template, by being nobody's or by a setting. */
    boolean hasDefaultTemplate() {
        return defaultTemplate;
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
        List<Given> all = allGiven(setting);
        return all.isEmpty() ? null : all.get(0);
    }

    /** Returns where values were given, that which counts most first. */
    List<Given> allGiven(Setting<?> setting) {
        return sections.stream()
                .flatMap(section -> Stream.ofNullable(section.given(setting)))
                .toList();
    }

    /** Returns the value that counts most, or null if none was given or {@code rival} was given closer to the cache. */
    <T> @Nullable T valueUnlessCloser(Setting<T> setting, Setting<?> rival) {
        for (Section section : sections) {
            if (section.has(setting) || section.has(rival)) {
                return section.value(setting);
            }
        }
        return null;
    }

    /** Returns the value that counts most, or null if none was given or {@code rival} counts more. */
    <T> @Nullable T valueUnlessReplaced(Setting<T> setting, Setting<?> rival) {
        for (Section section : sections) {
            if (section.has(setting) || section.has(rival)) {
                return section.outranks(setting, rival) ? section.value(setting) : null;
            }
        }
        return null;
    }
}
