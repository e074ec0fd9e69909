package io.nearfar.tool;

import io.nearfar.far.FarServer;
import java.util.List;

/** The servers' memory. */
final class Memory {
    private Memory() {}

    static Report run(Request request, Console console) {
        return Visits.withServers(request, visit -> {
            List<FarServer> servers = visit.servers();
            Report report = new Report().withRows("servers", Servers.rows(servers, Memory::row));
            servers.forEach(server -> server.warnings().forEach(report::remark));
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
}
