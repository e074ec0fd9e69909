package io.nearfar.config;

import io.nearfar.AddressRange;
import io.nearfar.HttpSettings;
import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.PathLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the settings of requests over HTTP together. */
final class HttpReader {
    private static final long PERMITS_OF_A_CLIENT = 100;
    private static final long PERMITS_OF_ALL = 10_000;

    private final Mistakes mistakes;

    HttpReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Returns what a sheet says of them; what is wrong goes to the mistakes. */
    HttpSettings read(Sheet sheet) {
        Section manager = sheet.manager();
        List<AddressRange> trusted = manager.value(HttpTable.TRUSTED_PROXIES);
        return new HttpSettings(
                trusted == null ? List.of() : trusted,
                manager.valueOrDefault(HttpTable.FORWARDING),
                manager.valueOrDefault(HttpTable.IPV6_PREFIX),
                manager.valueOrDefault(HttpTable.LEGACY_FIELDS),
                manager.valueOrDefault(HttpTable.DISCLOSE_ALL),
                manager.valueOrDefault(LimitTable.OUTAGE),
                each(sheet.limits(), this::limit),
                each(sheet.responses(), new ResponseReader(mistakes)::read));
    }

    private static <T> List<T> each(
            Map<String, Section> sections, BiFunction<String, Section, ? extends @Nullable T> reader) {
        List<T> all = new ArrayList<>();
        new TreeMap<>(sections).forEach((name, section) -> {
            T one = reader.apply(nameOf(name), section);
            if (one != null) {
                all.add(one);
            }
        });
        return all;
    }

    private static String nameOf(String environment) {
        return environment.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private @Nullable PathLimit limit(String name, Section section) {
        List<String> paths = section.value(HttpTable.PATHS);
        if (paths == null) {
            mistakes.add(anyOf(section), "the limit has no paths. Set nearfar.limit." + name + ".paths, such as /*.");
            return null;
        }
        PathLimit.Partition by = section.valueOrDefault(HttpTable.BY);
        Long permits = section.value(HttpTable.PERMITS);
        long otherwise = by == PathLimit.Partition.ALL ? PERMITS_OF_ALL : PERMITS_OF_A_CLIENT;
        try {
            Limit limit =
                    new Limit(name, permits == null ? otherwise : permits, section.valueOrDefault(HttpTable.WINDOW));
            checkMode(limit, section);
            return new PathLimit(limit.in(section.valueOrDefault(HttpTable.MODE)), by, paths);
        } catch (IllegalArgumentException e) {
            mistakes.add(anyOf(section), e.getMessage() + ".");
            return null;
        }
    }

    private void checkMode(Limit limit, Section section) {
        Given mode = section.given(HttpTable.MODE);
        Given window = section.given(HttpTable.WINDOW);
        boolean isShort = limit.window().compareTo(Limit.SHORTEST_LEASED) < 0;
        if (isShort && mode != null && window != null && section.valueOrDefault(HttpTable.MODE) == LimitMode.LEASED) {
            mistakes.fight(
                    mode,
                    window,
                    "credits of a window that short would be over before they arrive. Set window = 1s or longer, or leave"
                            + " mode out.");
        }
    }

    private static Given anyOf(Section section) {
        return Stream.of(HttpTable.PERMITS, HttpTable.WINDOW, HttpTable.BY, HttpTable.MODE, HttpTable.PATHS)
                .map(section::given)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
