package io.nearfar.tool;

import io.nearfar.far.CacheVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers, and the caches under the prefix. */
final class Status {
    private Status() {}

    static Report run(Request request, Console console) {
        return Visits.with(request, visit -> {
            List<Report> servers =
                    Servers.rows(visit.far().servers(), server -> Servers.memory(Servers.identity(server), server));
            Map<CacheVersion, Long> caches =
                    visit.far().caches(met -> console.progress(Amounts.count(met) + " entries met"));
            List<Report> rows = new ArrayList<>();
            caches.forEach(
                    (cache, entries) -> rows.add(new Report().withCache(cache).with("entries", entries)));
            return new Report()
                    .with("prefix", visit.prefix())
                    .withRows("servers", servers)
                    .withRows("caches", rows);
        });
    }
}
