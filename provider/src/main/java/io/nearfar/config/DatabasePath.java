package io.nearfar.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What follows the slash of an address: {@code 1}, {@code mymaster} or {@code mymaster/1}.
 *
 * @param database the index of the database, or null
 * @param master the name of a master that sentinels watch, or null
 */
record DatabasePath(@Nullable Integer database, @Nullable String master) {
    /** Nothing follows. */
    static final DatabasePath NONE = new DatabasePath(null, null);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");

    /** A name, then perhaps a number. */
    private static final Pattern NAME = Pattern.compile("([^/]+)(?:/(\\d{1,7}))?");

    /** Returns what {@code text} says; null or nothing says nothing, and a slash at its end is ignored. */
    static DatabasePath read(@Nullable String text) throws WrongAddressException {
        String path = text == null ? "" : text.strip().replaceFirst("/$", "");
        if (path.isEmpty()) {
            return NONE;
        }
        if (NUMBER.matcher(path).matches()) {
            return new DatabasePath(number(path), null);
        }
        Matcher parts = NAME.matcher(path);
        if (!parts.matches()) {
            throw new WrongAddressException(
                    "\"/" + path + "\" is neither a database, as in redis://host:6379/1, nor a master"
                            + " with one, as in redis://sentinel:26379/mymaster/1.");
        }
        return new DatabasePath(number(parts.group(2)), PercentText.decode(parts.group(1)));
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : (Integer) Integer.parseInt(digits);
    }
}
