package io.nearfar.tool;

import io.nearfar.far.CacheSample;
import io.nearfar.far.FarVisit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What time-to-live suits each cache, by the ages of its entries, when they were asked for, and what changes them. */
final class Advise {
    private static final long MILLIS = 10_000;
    private static final long SECOND = 1_000;

    private Advise() {}

    static Report run(Request request, Console console) {
        long millis = request.millis(Option.FOR, MILLIS);
        return Visits.with(request, visit -> {
            Changes changes = watched(visit.far(), millis, console);
            List<CacheSample> samples = visit.far().sample(request.last(Option.CACHE));
            return report(samples.stream()
                    .map(sample -> Figures.of(sample, changes.of(sample.cache()), millis))
                    .toList());
        });
    }

    private static Changes watched(FarVisit far, long millis, Console console) {
        Changes changes = new Changes();
        far.watch(changes::meet, lost -> {});
        try {
            for (long left = millis; left > 0; left -= SECOND) {
                console.progress("watching for " + Amounts.time(Duration.ofMillis(left)) + " more");
                TimeUnit.MILLISECONDS.sleep(Math.min(left, SECOND));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return changes;
    }

    private static Report report(List<Figures> figures) {
        Report report = new Report()
                .withRows("caches", figures.stream().map(Advise::row).toList())
                .ending(figures.isEmpty() ? Outcome.NO : Outcome.DONE);
        boolean blind = figures.stream().allMatch(seen -> seen.idleMillis() == null);
        return blind && !figures.isEmpty()
                ? report.remark(
                        "When entries were last asked for is not known: the user lacks the right to OBJECT, or the"
                                + " server counts uses (an LFU policy)")
                : report;
    }

    private static Report row(Figures seen) {
        return new Report()
                .withCache(seen.cache())
                .with("entries", seen.entries())
                .withMillis("ttl", seen.ttlMillis(), "none")
                .withMillis("age", seen.ageMillis(), "")
                .withMillis("idle", seen.idleMillis(), "unknown")
                .with("changed", seen.changes().entries())
                .with("invalidations", seen.changes().invalidations())
                .with("advice", Counsel.on(seen));
    }
}
