package io.nearfar.key;

import io.nearfar.config.CacheSettings;
import org.jspecify.annotations.Nullable;

/**
 * The name by which far tier, messages and the books of a node know a cache in one of its versions; part of the format.
 * Version 0 goes by the cache's own name, any other has a tilde and its number behind it: {@code cities~2}. A cache whose
 * own name ends like that gets one tilde more, so that no two caches and no two versions ever share a name.
 */
public final class StoredName {
    private static final char MARK = '~';

    private StoredName() {}

    /** Returns the name of a cache in the version that its settings name. */
    public static String of(CacheSettings settings) {
        return of(settings.name(), settings.version());
    }

    /** Returns the name by which people are told of a cache in the version that its settings name. */
    public static String told(CacheSettings settings) {
        return told(of(settings));
    }

    /** Returns what people are told instead of a stored name: {@code cities}, {@code cities version 2}. */
    public static String told(String stored) {
        int mark = markIn(stored);
        if (mark < 0) {
            return stored;
        }
        String version = stored.substring(mark + 1);
        return stored.substring(0, mark) + (version.isEmpty() ? "" : " version " + version);
    }

    /** Returns the cache's own name in a stored name. */
    public static String cache(String stored) {
        int mark = markIn(stored);
        return mark < 0 ? stored : stored.substring(0, mark);
    }

    /** Returns the version in a stored name. */
    public static int version(String stored) {
        int mark = markIn(stored);
        return mark < 0 ? 0 : number(stored.substring(mark + 1));
    }

    static String of(String cache, int version) {
        if (version != 0) {
            return cache + MARK + version;
        }
        return markIn(cache) < 0 ? cache : cache + MARK;
    }

    /** Returns a stored name as it can stand in a key: the cache escaped, the version to be read. */
    static String safe(String stored) {
        int mark = markIn(stored);
        if (mark < 0) {
            return SafeName.of(stored);
        }
        String version = stored.substring(mark + 1);
        return SafeName.of(stored.substring(0, mark)) + (version.isEmpty() ? "" : MARK + version);
    }

    /** Returns the stored name that stands so in a key, or null if none does. */
    static @Nullable String original(String safe) {
        int mark = safe.indexOf(MARK);
        if (mark < 0) {
            return of(SafeName.original(safe), 0);
        }
        int version = number(safe.substring(mark + 1));
        return version == 0 ? null : of(SafeName.original(safe.substring(0, mark)), version);
    }

    /** Returns a version as {@link #of} writes it, or 0. */
    private static int number(String digits) {
        boolean written = digits.matches("[1-9]\\d{0,9}") && Long.parseLong(digits) <= Integer.MAX_VALUE;
        return written ? Integer.parseInt(digits) : 0;
    }

    /** Returns where the tilde is behind which only digits stand, or nothing at all; below 0 if there is none. */
    private static int markIn(String name) {
        int end = name.length();
        while (end > 0 && isDigit(name.charAt(end - 1))) {
            end--;
        }
        return end > 0 && name.charAt(end - 1) == MARK ? end - 1 : -1;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
