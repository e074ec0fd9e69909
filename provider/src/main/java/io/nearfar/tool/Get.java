package io.nearfar.tool;

import io.nearfar.far.EntryView;
import io.nearfar.far.EntryView.Written;
import io.nearfar.far.VisitedCache;
import org.jspecify.annotations.Nullable;

/** The value of an entry. */
final class Get {
    private Get() {}

    static Report run(Request request, Console console) {
        return Visits.with(request, visit -> {
            VisitedCache cache = Entries.cache(visit, request);
            EntryView entry = cache.look(request.word(1));
            Written written = entry.written();
            Report report = new Report()
                    .withCache(cache.version())
                    .with("key", request.word(1))
                    .with("live", entry.isLive());
            return entry.isLive() && written != null
                    ? value(report, cache.version().cache(), written)
                    : missing(report, entry, Entries.otherwise(cache, request.word(1)));
        });
    }

    private static Report value(Report report, String cache, Written written) {
        String value = Entries.value(written);
        report.with("type", written.type()).with("codec", written.codec()).with("decoded", written.value() != null);
        return report.with("value", value).plain(value == null ? Entries.unread(cache, written) : value);
    }

    private static Report missing(Report report, EntryView entry, @Nullable String otherwise) {
        String why = entry.sentence();
        String hint = otherwise == null ? "" : "\nThere is an entry under " + otherwise;
        return report.with("why", why)
                .with("otherwise", otherwise)
                .plain("There is no live entry: " + why + hint)
                .ending(Outcome.NO);
    }
}
