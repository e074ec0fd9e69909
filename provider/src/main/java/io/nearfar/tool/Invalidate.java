package io.nearfar.tool;

import io.nearfar.far.VisitedCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Ends the life of entries by their keys or tags, or by what their keys look like. */
final class Invalidate {
    private static final int TAGS_AT_A_TIME = 100;

    private Invalidate() {}

    static Report run(Request request, Console console) {
        List<String> names = request.words().subList(2, request.words().size());
        boolean soft = request.has(Option.SOFT);
        Function<VisitedCache, Report> work = switch (request.word(1)) {
            case "key" -> cache -> keys(cache, names, soft);
            case "tag" -> cache -> tags(cache, names, soft);
            case "prefix" -> Walk.by(VisitedCache::startInvalidatingPrefix, request, console);
            case "pattern" -> Walk.by(VisitedCache::startInvalidatingPattern, request, console);
            default ->
                throw ToolException.usage("It is written " + request.command().usage());
        };
        return Visits.with(request, visit -> work.apply(Entries.cache(visit, request)));
    }

    /** Those are told to the nodes as well that are not there: what the server has evicted may be in a near tier. */
    private static Report keys(VisitedCache cache, List<String> keys, boolean soft) {
        Map<String, Boolean> found = new LinkedHashMap<>();
        keys.forEach(key -> found.put(key, soft ? cache.expire(key) : cache.remove(key)));
        List<Report> rows = new ArrayList<>();
        found.forEach((key, there) -> rows.add(new Report().with("key", key).with("found", there)));
        return new Report().withRows("keys", rows).ending(found.containsValue(true) ? Outcome.DONE : Outcome.NO);
    }

    static Report tags(VisitedCache cache, List<String> tags, boolean soft) {
        for (int from = 0; from < tags.size(); from += TAGS_AT_A_TIME) {
            cache.invalidateTags(tags.subList(from, Math.min(tags.size(), from + TAGS_AT_A_TIME)), soft);
        }
        return new Report().with("invalidated", tags);
    }
}
