package io.nearfar.tool;

import io.nearfar.config.CacheSettings;
import io.nearfar.far.EntryView;
import io.nearfar.far.EntryView.Unread;
import io.nearfar.far.EntryView.Written;
import io.nearfar.far.VisitedCache;
import io.nearfar.tool.Visits.Visit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds caches and entries by their names, and says in words what is the matter with an entry. */
final class Entries {
    private static final String NUMBER = "-?\\d{1,30}";
    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private Entries() {}

    /**
     * Returns the cache that is named first, in the version that is said or that its settings name.
     *
     * @throws ToolException if there is none
     */
    static VisitedCache cache(Visit visit, Request request) {
        CacheSettings settings = visit.settings().cache(request.word(0), false);
        VisitedCache cache = visit.far().cache(settings.in(request.version(settings.version())));
        if (!cache.exists()) {
            throw new ToolException(
                    Outcome.NO,
                    "There is no cache " + cache.version() + " under the prefix " + visit.prefix()
                            + "; status lists those that are, with their versions");
        }
        return cache;
    }

    /** Returns the value as a text for people, or null if there is none to show. */
    static @Nullable String value(Written written) {
        Object value = written.value();
        byte[] plain = written.plain();
        if (value instanceof byte[] bytes) {
            return Bytes.shown(bytes);
        } else if (value != null) {
            return String.valueOf(value);
        }
        return plain == null ? null : Bytes.shown(plain);
    }

    /** Returns why a compressed value cannot be shown. */
    static String unread(String cache, Written written) {
        String compressed = "The value is compressed by " + written.compression();
        return written.unread() == Unread.ABOVE_LIMIT
                ? compressed + ", and longer than the tool's limit; say a higher one: --set nearfar.cache." + cache
                        + ".value-limit=100MB"
                : compressed + ", whose library is not here";
    }

    /** Returns the text under which a key of another type lies that reads like this one, and of which type it is; or null. */
    static @Nullable String otherwise(VisitedCache cache, String key) {
        for (Map.Entry<String, String> mark : marks(key).entrySet()) {
            String text = "~" + mark.getKey() + ":" + key;
            if (cache.look(text).state() != EntryView.State.ABSENT) {
                return text + " (" + mark.getValue() + ")";
            }
        }
        return null;
    }

    private static Map<String, String> marks(String key) {
        Map<String, String> marks = new LinkedHashMap<>();
        if (key.matches(NUMBER)) {
            marks.put("i", "Integer");
            marks.put("l", "Long");
            marks.put("h", "Short");
            marks.put("I", "BigInteger");
        } else if (key.matches(UUID)) {
            marks.put("u", "UUID");
        }
        return marks;
    }
}
