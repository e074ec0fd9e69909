package io.nearfar.tool;

import io.nearfar.far.CacheVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command answers, for people and for programs: fields, and tables whose rows are reports as well. Names are those
 * of the JSON form; people read them as words.
 */
final class Report {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> shown = new LinkedHashMap<>();
    private final Map<String, List<Report>> tables = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private @Nullable String plain;
    private Outcome outcome = Outcome.DONE;

    /**
     * Adds a field; null is nothing to people.
     *
     * @throws IllegalArgumentException if there is one of that name, as with every other kind of field
     */
    Report with(String name, @Nullable Object value) {
        return with(name, value, name, text(value));
    }

    private Report with(String name, @Nullable Object value, String label, @Nullable String text) {
        if (values.containsKey(name) || shown.containsKey(label)) {
            throw new IllegalArgumentException(
                    "There is a field " + name + " already, or one that people read as " + label);
        }
        values.put(name, value);
        if (text != null) {
            shown.put(label, text);
        }
        return this;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? "none"
                    : String.join(", ", list.stream().map(String::valueOf).toList());
        }
        return value instanceof Long number ? Amounts.count(number) : value == null ? null : String.valueOf(value);
    }

    /** Adds a cache, whose version is a field of its own to programs. */
    Report withCache(CacheVersion cache) {
        return withCache("cache", cache);
    }

    Report withCache(String name, CacheVersion cache) {
        with(name, cache.cache(), name, cache.toString());
        values.put("version", (long) cache.version());
        return this;
    }

    /** Adds a number that is told as it is, and not as an amount. */
    Report withNumber(String name, long number) {
        return with(name, number, name, String.valueOf(number));
    }

    /** Adds an amount of memory. */
    Report withBytes(String name, long bytes) {
        return withBytes(name, bytes, name);
    }

    /** Adds an amount of memory that people read under another name. */
    Report withBytes(String name, long bytes, String label) {
        return with(name + "Bytes", bytes, label, Amounts.bytes(bytes));
    }

    /** Adds a length of time, or a word where there is none. */
    Report withMillis(String name, @Nullable Long millis, String otherwise) {
        return with(
                name + "Millis", millis, name, millis == null ? otherwise : Amounts.time(Duration.ofMillis(millis)));
    }

    /** Adds an instant, given in microseconds since 1970, or a word where there is none. */
    Report withMicros(String name, @Nullable Long micros, String otherwise) {
        String instant = micros == null
                ? null
                : Instant.EPOCH
                        .plus(Duration.ofNanos(1_000 * (micros % 1_000_000)))
                        .plusSeconds(micros / 1_000_000)
                        .toString();
        return with(name, instant, name, instant == null ? otherwise : instant);
    }

    /** Adds a table. */
    Report withRows(String name, List<Report> rows) {
        tables.put(name, rows);
        return this;
    }

    /** Adds a sentence for people, at the end. */
    Report remark(String text) {
        remarks.add(text);
        return this;
    }

    /** Has people read this and nothing else. */
    Report plain(String text) {
        plain = text;
        return this;
    }

    Report ending(Outcome how) {
        outcome = how;
        return this;
    }

    Outcome outcome() {
        return outcome;
    }

    Map<String, String> shown() {
        return shown;
    }

    Map<String, List<Report>> tables() {
        return tables;
    }

    List<String> remarks() {
        return remarks;
    }

    @Nullable
    String plain() {
        return plain;
    }

    /** Returns all of it as maps, lists, texts and numbers. */
    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(values);
        tables.forEach(
                (name, rows) -> tree.put(name, rows.stream().map(Report::tree).toList()));
        if (!remarks.isEmpty()) {
            tree.put("remarks", remarks);
        }
        return tree;
    }
}
