package io.nearfar.tool;

import io.nearfar.far.EntryView;
import io.nearfar.far.EntryView.Limits;
import io.nearfar.far.EntryView.Written;
import io.nearfar.far.VisitedCache;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All that is known of an entry. */
final class Explain {
    private static final long MICROS_IN_A_MILLI = 1_000;

    private Explain() {}

    static Report run(Request request, Console console) {
        return Visits.with(request, visit -> {
            VisitedCache cache = Entries.cache(visit, request);
            EntryView entry = cache.look(request.word(1));
            Report report = new Report()
                    .withCache(cache.version())
                    .with("key", request.word(1))
                    .with("name", entry.name())
                    .withNumber("partition", entry.partition())
                    .with("live", entry.isLive())
                    .with("state", entry.state().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .with("why", entry.sentence());
            written(report, entry);
            limits(report, entry.limits());
            if (entry.state() == EntryView.State.ABSENT) {
                otherwise(report, Entries.otherwise(cache, request.word(1)));
            }
            return report.ending(entry.isLive() ? Outcome.DONE : Outcome.NO);
        });
    }

    private static void written(Report report, EntryView entry) {
        Written written = entry.written();
        if (written == null) {
            return;
        }
        Long expires = written.expires();
        report.withMicros("created", written.created(), "")
                .withMillis("age", (entry.now() - written.created()) / MICROS_IN_A_MILLI, "")
                .withMicros("expires", expires, "never")
                .withMillis("lives", expires == null ? null : (expires - entry.now()) / MICROS_IN_A_MILLI, "for ever")
                .withNumber("stamp", written.stamp())
                .with("nonce", String.format("%016x", written.nonce()))
                .with("tags", written.tags())
                .withMillis("nearTtl", written.nearMillis(), "as configured")
                .withBytes("size", entry.bytes())
                .withBytes("key", written.keyBytes(), "keySize")
                .withBytes("value", written.valueBytes(), "valueSize")
                .with("compression", written.compression())
                .with("codec", written.codec())
                .with("type", written.type());
    }

    private static void limits(Report report, @Nullable Limits limits) {
        if (limits != null) {
            report.withNumber("clearedAt", limits.clearedAt())
                    .withNumber("tagStamp", limits.tagStamp())
                    .withNumber("tagFloor", limits.tagFloor());
        }
    }

    private static void otherwise(Report report, @Nullable String otherwise) {
        if (otherwise != null) {
            report.with("otherwise", otherwise);
        }
    }
}
