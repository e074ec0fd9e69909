package io.nearfar.tool;

import io.nearfar.far.FarServer;
import java.util.List;
import java.util.function.Function;

/** What servers say of themselves, in rows. */
final class Servers {
    private Servers() {}

    static List<Report> rows(List<FarServer> servers, Function<FarServer, Report> row) {
        return servers.stream().map(row).toList();
    }

    /** Returns address, version and role. */
    static Report identity(FarServer server) {
        return new Report()
                .with("address", server.address())
                .with("version", server.software() + " " + server.version())
                .with("role", server.text("role").equals("slave") ? "replica" : server.text("role"));
    }

    /** Adds how much memory is used, of how much, and what happens when there is no more. */
    static Report memory(Report row, FarServer server) {
        long limit = server.number("maxmemory");
        Report told = row.withBytes("memory", server.number("used_memory"));
        Report limited = limit == 0 ? told.with("limit", "none") : told.withBytes("limit", limit);
        return limited.with("policy", server.text("maxmemory_policy")).with("evicted", server.number("evicted_keys"));
    }
}
