package io.nearfar.tool;

import io.nearfar.far.FarServer;

/** The servers' memory. */
final class Memory {
    private static final String NO_EVICTION = "noeviction";

    private Memory() {}

    static Report run(Request request, Console console) {
        return Visits.withServers(request, visit -> {
            Report report = new Report().withRows("servers", Servers.rows(visit.servers(), Memory::row));
            visit.servers().forEach(server -> advise(report, server));
            return report;
        });
    }

    private static Report row(FarServer server) {
        Report row = new Report().with("address", server.address());
        return Servers.memory(row, server)
                .withBytes("peak", server.number("used_memory_peak"))
                .withBytes("resident", server.number("used_memory_rss"))
                .with("fragmentation", server.text("mem_fragmentation_ratio"))
                .with("expired", server.number("expired_keys"));
    }

    private static void advise(Report report, FarServer server) {
        if (server.number("maxmemory") == 0) {
            report.remark(server.address() + " has no limit: without maxmemory it takes all that the machine has");
        } else if (server.text("maxmemory_policy").equals(NO_EVICTION)) {
            report.remark(server.address() + " refuses writes when it is full: for caches alone, allkeys-lru lets the"
                    + " least used go instead");
        }
    }
}
