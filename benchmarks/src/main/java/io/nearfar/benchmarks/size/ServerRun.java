package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Duties;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.peer.Values;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Plot;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an entry takes of the server's memory beyond its key and eight bytes of a number. */
final class ServerRun {
    private static final int CHUNK = 1_000;
    private static final int NUMBER = Long.BYTES;

    private final String address;
    private final int entries;
    private final Report report;

    ServerRun(String address, int entries, Report report) {
        this.address = address;
        this.entries = entries;
        this.report = report;
    }

    void measure() {
        List<Measured> weighed = new ArrayList<>();
        Measured ours = weigh(Peer.NEARFAR_FAR, Duties.STATISTICS_AND_EXPIRY);
        Measured theirs = weigh(Peer.REDISSON_JCACHE, Duties.STATISTICS_AND_EXPIRY);
        weighed.add(ours);
        weighed.add(weigh(Peer.NEARFAR_FAR, Duties.NONE));
        weighed.add(theirs);
        weighed.add(weigh(Peer.REDISSON, Duties.NONE));
        weighed.add(weigh(Peer.REDISSON_MAP, Duties.NONE));
        weighed.add(weigh(Peer.LETTUCE, Duties.NONE));
        String title = "On the server, " + entries + " String → Long: bytes of an entry beyond key and value";
        Table table = new Table(title, List.of("peer", "B of an entry"));
        weighed.forEach(each -> table.row(List.of(
                each.label(),
                each.failed()
                        ? "failed: " + each.failure()
                        : Spread.digits(each.series().spread().median()))));
        report.add(table);
        report.add(new Plot("server-memory", title, weighed));
        report.add(Outcome.ratio(
                Bar.atMost("bytes of a far entry beyond key and value, with expiry, beside Redisson's JCache", 1),
                ours,
                theirs));
    }

    private Measured weigh(Peer peer, Duties duties) {
        String label = peer.label() + duties.label();
        System.out.println("On the server's memory: " + label);
        Opening opening = Opening.of(Values.NUMBER, address).withDuties(duties);
        try (ServerFigures figures = ServerFigures.of(address)) {
            // Each has a table of keys to itself, or whoever makes that of all grow would pay for it
            figures.flush();
            return Measured.of(label, new Series(List.of(each(peer, opening, figures))), "B");
        } catch (RuntimeException e) {
            return Measured.failed(label, e.toString());
        }
    }

    private double each(Peer peer, Opening opening, ServerFigures figures) {
        try (Driver driver = peer.open(opening)) {
            long before = figures.memory();
            long keys = fill(driver);
            return (figures.memory() - before - keys) / (double) entries - NUMBER;
        }
    }

    /** Puts all entries, and returns the bytes of their keys. */
    private long fill(Driver driver) {
        long bytes = 0;
        for (int first = 0; first < entries; first += CHUNK) {
            Map<String, Object> chunk = new HashMap<>();
            for (int i = first; i < Math.min(entries, first + CHUNK); i++) {
                String key = "weighed:" + i;
                bytes += key.length();
                chunk.put(key, 1_000_000_000L + i);
            }
            driver.putAll(chunk);
        }
        return bytes;
    }
}
