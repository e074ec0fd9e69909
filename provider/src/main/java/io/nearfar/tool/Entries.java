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

    /** Returns why an entry is live or not, as a sentence. */
    static String sentence(EntryView entry) {
        return switch (entry.state()) {
            case LIVE -> "caches answer with it";
            case ABSENT -> "nothing is there: never written, removed, expired or evicted";
            case FOREIGN -> "something is there that is no string, and so none of Nearfar's";
            case GARBAGE -> "what is there is damaged, cut short, or of a newer format; it counts as missing";
            case LOADING -> "somebody loads the value, and this stands for it meanwhile";
            case EXPIRED -> "its time is up";
            case CLEARED -> "the cache was cleared after it was written";
            case WITHOUT_META ->
                "the cache's meta is not there (evicted, flushed, or of a newer format), so all entries are dead";
            case INVALIDATED -> "the tag " + entry.detail() + " was invalidated after it was written";
            case TAGS_FORGOTTEN -> "it has tags and is older than what is remembered of invalidations";
        };
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
