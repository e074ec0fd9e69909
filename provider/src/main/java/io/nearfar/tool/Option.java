package io.nearfar.tool;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be said with two dashes. */
enum Option {
    JSON(null, "the answer as JSON, one object; of watch, one on each line"),
    PREFIX("text", "the prefix of the application's keys, as nearfar.prefix; not needed where the server has one only"),
    CONFIG("file", "a properties file with settings; the address may be among them"),
    SET("key=value", "a setting, as often as needed: --set nearfar.password.file=/run/secrets/redis"),
    ALL(null, "all caches under the prefix, in all their versions"),
    CACHE("name", "that cache alone, in all its versions"),
    VERSION("number", "that version of the cache; else the one that the settings name, or that without a number"),
    TOP("number", "so many at most, 20 if nothing is said"),
    FOR("seconds", "ends after so long"),
    COUNT("number", "ends after so many"),
    RATE("number", "looks at so many keys in a second at most"),
    SOFT(null, "ends entries as if their time were over: in their grace they may answer where a load fails");

    private final @Nullable String parameter;
    private final String summary;

    Option(@Nullable String parameter, String summary) {
        this.parameter = parameter;
        this.summary = summary;
    }

    /** Returns the option as it is written. */
    String written() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    boolean hasParameter() {
        return parameter != null;
    }

    /** Returns the option with what follows it, for a list of options. */
    String shown() {
        return written() + (parameter == null ? "" : " <" + parameter + ">");
    }

    String summary() {
        return summary;
    }

    static Optional<Option> of(String written) {
        return Arrays.stream(values())
                .filter(option -> option.written().equals(written))
                .findFirst();
    }
}
