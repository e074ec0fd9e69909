package io.nearfar.config;

import io.nearfar.AddressRange;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings have. */
final class Kinds {
    private static final String NONE = "none";
    private static final String LENGTHS = "ms, s, m, h, d";
    private static final String EXAMPLES = "such as 250ms, 30s, 5m, 1h30m, 1d or PT5M";

    /** Any text that is not blank. */
    static final Kind<String> TEXT = new Kind<>("text", "-", "a text", text -> text);

    /** A text that is never shown. */
    static final Kind<String> SECRET = new Kind<>(Kind.SECRET, "-", "a text", text -> text);

    /** Where the far tier is; read by {@link AddressReader}, which says more than a kind can. */
    static final Kind<String> ADDRESS = new Kind<>("address", "-", "an address", text -> text);

    /** Where a database is; a URL among them may hold a password. */
    static final Kind<String> DATA_SOURCE =
            new Kind<>("data source", "-", "a JNDI name or a URL that begins with jdbc:", Kinds::dataSource);

    /** A file of this machine. */
    static final Kind<Path> FILE = new Kind<>("file", "-", "the path of a file", Kinds::path);

    /** Yes or no. */
    static final Kind<Boolean> FLAG = new Kind<>("flag", "-", "true or false", Kinds::flag);

    /** A length of time of at least a millisecond. */
    static final Kind<Duration> DURATION = new Kind<>(
            "duration",
            LENGTHS,
            "a duration of 1ms to 36500d, " + EXAMPLES,
            text -> atLeastOneMilli(Durations.parse(text)));

    /** A length of time that may be nothing. */
    static final Kind<Duration> DURATION_OR_ZERO =
            new Kind<>("duration", LENGTHS, "0 or a duration up to 36500d, " + EXAMPLES, Durations::parse);

    /** How long entries live: a length of time, its name, or the word {@code none}. */
    static final Kind<Optional<Duration>> LIFETIME = new Kind<>(
            "duration",
            LENGTHS,
            "none, " + Lengths.names() + ", or a duration of 1ms to 36500d, " + EXAMPLES,
            Kinds::lifetime);

    /** How long entries live by their keys. */
    static final Kind<TimeToLiveRules> RULES = new Kind<>(
            "rules",
            "-",
            "1 to 64 rules separated by commas, each a pattern of keys without blanks or commas, a blank, and "
                    + Lengths.names() + " or a duration of 1ms to 36500d, such as *:24h 5m, *:1y daily",
            TimeToLiveRules::read);

    /** An amount of bytes above 0. */
    static final Kind<Long> SIZE = new Kind<>(
            "size",
            "B, kB, MB, GB, KiB, MiB, GiB",
            "a size above 0, such as 8MB, 512KiB or 4096",
            text -> above(0, Sizes.parse(text)));

    /** What keys must be like. */
    static final Kind<KeyRule> KEYS = new Kind<>(
            "flag or characters",
            "-",
            "true, false, or the characters that keys may have, as a class of a regular expression such as"
                    + " [A-Za-z0-9:._-]",
            KeyRule::read);

    /** Beginnings of keys. */
    static final Kind<Namespaces> NAMESPACES = new Kind<>(
            "list",
            "-",
            "up to " + Namespaces.MOST + " beginnings of keys separated by commas, each once and of "
                    + Namespaces.LONGEST_BYTES + " bytes at most, such as feed:, user:",
            text -> Namespaces.of(list(text, part -> true)));

    /** Names of classes, packages and presets. */
    static final Kind<List<String>> CLASSES = new Kind<>(
            "list",
            "-",
            "classes, packages and presets separated by commas, such as com.acme.Order, com.acme.model.*, @hibernate; presets"
                    + " are " + AllowedPreset.all(),
            Kinds::classes);

    /** An application or an environment. The slash stands between them, so neither may hold one. */
    static final Kind<String> PART_OF_PREFIX =
            name("[\\p{L}\\p{N}._-]{1,64}", "1 to 64 letters, digits, dots, hyphens and underscores");

    /** A whole prefix. */
    static final Kind<String> WHOLE_PREFIX =
            name("[\\p{L}\\p{N}\\p{P}\\p{S}]{1,129}", "1 to 129 characters without blanks");

    /** The name of a template. */
    static final Kind<String> TEMPLATE_NAME = name("[A-Za-z0-9-]{1,64}", "1 to 64 letters, digits and hyphens");

    /** Texts that are as they are between commas. */
    static final Kind<List<String>> TEXTS = new Kind<>(
            "list", "-", "texts separated by commas, such as user:{id}, users", text -> list(text, part -> true));

    /** The name of an invalidation. */
    static final Kind<String> INVALIDATION_NAME = name("[A-Za-z0-9-]{1,64}", "1 to 64 letters, digits and hyphens");

    /** The name of a warming. */
    static final Kind<String> WARMING_NAME = name("[A-Za-z0-9-]{1,64}", "1 to 64 letters, digits and hyphens");

    /** How often something runs: a length of time, or the word {@code none}. */
    static final Kind<Optional<Duration>> EVERY = new Kind<>(
            "duration", LENGTHS, "none, or a duration of 1s to 36500d, such as 30s, 5m, 6h, 1d or PT5M", Kinds::every);

    /** Classes of entities. */
    static final Kind<List<String>> ENTITIES = new Kind<>(
            "list",
            "-",
            "classes separated by commas, by their full names, such as com.acme.Order, com.acme.Customer",
            Kinds::entities);

    /** The names of parameters. */
    static final Kind<List<String>> PARAMETERS = new Kind<>(
            "list",
            "-",
            "1 to 8 different names separated by commas, each of letters, digits and underscores of ASCII, perhaps with"
                    + " dots between such, as in id, region, address.city",
            Kinds::parameters);

    /** The name of a limit of requests over HTTP. */
    static final Kind<String> LIMIT_NAME = name("[a-z0-9-]{1,64}", "1 to 64 small letters, digits and hyphens");

    /** The name of responses that are kept by their paths. */
    static final Kind<String> RESPONSE_NAME = name("[a-z0-9-]{1,64}", "1 to 64 small letters, digits and hyphens");

    /** Names of header fields of HTTP (RFC 9110, section 5.6.2). */
    static final Kind<List<String>> HEADERS = new Kind<>(
            "list",
            "-",
            "names of headers separated by commas, such as Accept-Language, X-Edition",
            text -> list(text, name -> !name.equals("*") && name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")));

    /** One path within an application. */
    static final Kind<String> ONE_PATH = name("/[^*\\s]*", "a path within the application, such as /sorry.html");

    /** Tags of what a path answers. */
    static final Kind<List<String>> PATH_TAGS = new Kind<>(
            "list",
            "-",
            "texts separated by commas, such as pages, page:{path}, with no other braces than {path}",
            text -> list(text, tag -> !tag.replace("{path}", "").matches(".*[{}].*")));

    /** Ranges of internet addresses. */
    static final Kind<List<AddressRange>> RANGES = new Kind<>(
            "list",
            "-",
            "addresses in numbers and ranges of them, separated by commas, such as 10.0.0.0/8, 192.0.2.7,"
                    + " 2001:db8::/32",
            Kinds::ranges);

    /** Patterns of paths, as servlets have them. */
    static final Kind<List<String>> PATHS = new Kind<>(
            "list", "-", "patterns of paths separated by commas, such as /login, /api/*, *.pdf or /*", Kinds::paths);

    /** The name of a table, as every database takes it. */
    static final Kind<String> TABLE = name(
            "([A-Za-z_][A-Za-z0-9_]{0,29}\\.)?[A-Za-z_][A-Za-z0-9_]{0,23}",
            "1 to 24 letters of ASCII, digits and underscores, perhaps behind a schema and a dot");

    /** The name of a codec. */
    static final Kind<String> CODEC_NAME = name("[a-z][a-z0-9-]{0,31}", "a name in small letters, such as java");

    private static final Pattern CLASS_OR_PACKAGE =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*(\\.\\*)?");

    private static final Pattern ONE_CLASS =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

    private static final Pattern PARAMETER =
            Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}(\\.[A-Za-z][A-Za-z0-9_]{0,31}){0,7}");

    private static final Pattern PATH = Pattern.compile("\\*\\.[^*/\\s]+|/\\*|/[^*\\s]*(?<!/)/\\*|/[^*\\s]*");

    private static final int MOST_PARAMETERS = 8;

    private Kinds() {}

    private static @Nullable Optional<Duration> every(String text) {
        if (text.equalsIgnoreCase(NONE)) {
            return Optional.empty();
        }
        Duration time = Durations.parse(text);
        return time == null || time.toSeconds() < 1 ? null : Optional.of(time);
    }

    /** Returns the kind of whole numbers from {@code lowest} to {@code highest}. */
    static Kind<Integer> number(int lowest, int highest, String unit) {
        String allowed = "a whole number from " + lowest + " to " + highest;
        return new Kind<>("number", unit, allowed, text -> {
            Long number = whole(text);
            return number == null || number < lowest || number > highest ? null : (Integer) number.intValue();
        });
    }

    /** Returns the kind of parts of a whole from none to {@code highest} percent. */
    static Kind<Integer> percent(int highest) {
        String allowed = "a whole percentage from 0% to " + highest + "%, such as 10%";
        return new Kind<>("percentage", "%", allowed, text -> {
            Long number = text.endsWith("%")
                    ? whole(text.substring(0, text.length() - 1).strip())
                    : null;
            return number == null || number > highest ? null : (Integer) number.intValue();
        });
    }

    /** Returns the kind of whole numbers above 0 that count {@code unit}. */
    static Kind<Long> count(String unit) {
        return new Kind<>("number", unit, "a whole number above 0", text -> above(0, whole(text)));
    }

    /** Returns the kind of whole numbers above 0 that count {@code unit}, or the word {@code none}. */
    static Kind<Optional<Long>> countOrNone(String unit) {
        return new Kind<>("number", unit, "none, or a whole number above 0", text -> {
            if (text.equalsIgnoreCase(NONE)) {
                return Optional.empty();
            }
            Long number = above(0, whole(text));
            return number == null ? null : Optional.of(number);
        });
    }

    /** Returns the kind of texts that match {@code form}, which {@code allowed} puts in words. */
    static Kind<String> name(String form, String allowed) {
        Pattern pattern = Pattern.compile(form);
        return new Kind<>("name", "-", allowed, text -> pattern.matcher(text).matches() ? text : null);
    }

    /** Returns the kind of the constants of {@code type}, written in small letters with hyphens. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        Map<String, E> choices =
                Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(Kinds::written, Function.identity()));
        String allowed =
                Arrays.stream(type.getEnumConstants()).map(Kinds::written).collect(Collectors.joining(", "));
        return new Kind<>(
                "one of " + allowed, "-", "one of " + allowed, text -> choices.get(text.toLowerCase(Locale.ROOT)));
    }

    /** Returns a constant as settings write it. */
    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Duration atLeastOneMilli(@Nullable Duration length) {
        return length == null || length.toMillis() < 1 ? null : length;
    }

    private static @Nullable Optional<Duration> lifetime(String text) {
        if (text.equalsIgnoreCase(NONE)) {
            return Optional.empty();
        }
        Duration length = atLeastOneMilli(Lengths.parse(text));
        return length == null ? null : Optional.of(length);
    }

    private static @Nullable Long whole(String text) {
        return text.matches("\\d{1,18}") ? (Long) Long.parseLong(text) : null;
    }

    private static @Nullable Long above(long least, @Nullable Long number) {
        return number == null || number <= least ? null : number;
    }

    private static @Nullable Boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** Names that make JNDI ask other machines, as {@code ldap:} does, are none. */
    private static @Nullable String dataSource(String text) {
        boolean foreign = text.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") && !text.matches("(java|jdbc):.*");
        return foreign ? null : text;
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException notPath) {
            return null;
        }
    }

    private static @Nullable List<String> classes(String text) {
        return list(
                text,
                name -> AllowedPreset.isMeant(name)
                        ? AllowedPreset.isKnown(name)
                        : CLASS_OR_PACKAGE.matcher(name).matches());
    }

    private static @Nullable List<String> entities(String text) {
        return list(text, name -> ONE_CLASS.matcher(name).matches());
    }

    private static @Nullable List<String> paths(String text) {
        return list(text, path -> PATH.matcher(path).matches());
    }

    private static @Nullable List<AddressRange> ranges(String text) {
        try {
            return Stream.of(text.split(",", -1))
                    .map(part -> AddressRange.parse(part.strip()))
                    .toList();
        } catch (IllegalArgumentException notRange) {
            return null;
        }
    }

    private static @Nullable List<String> parameters(String text) {
        List<String> names = list(text, name -> PARAMETER.matcher(name).matches());
        boolean allowed = names != null
                && names.size() <= MOST_PARAMETERS
                && names.stream().distinct().count() == names.size();
        return allowed ? names : null;
    }

    private static @Nullable List<String> list(String text, Predicate<String> allowed) {
        List<String> parts = Stream.of(text.split(",", -1)).map(String::strip).toList();
        return parts.stream().allMatch(part -> !part.isEmpty() && allowed.test(part)) ? parts : null;
    }
}
