package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Plot;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/** What an entry takes of the heap beyond its key and its value; each peer in a JVM of its own. */
final class HeapRun {
    private static final List<Peer> PEERS = List.of(
            Peer.CAFFEINE,
            Peer.CAFFEINE_JCACHE,
            Peer.CACHE2K_JCACHE,
            Peer.EHCACHE_JCACHE,
            Peer.NEARFAR_NEAR,
            Peer.NEARFAR_TIERED);
    private static final List<String> OPTIONS = List.of("-Xmx1g", "-XX:+UseSerialGC");
    private static final double BAR = 120;

    private HeapRun() {}

    static void measure(String address, int entries, Report report) {
        List<Measured> weighed = new ArrayList<>();
        for (Peer peer : PEERS) {
            System.out.println("On the heap: " + peer.label());
            weighed.add(weigh(peer, address, entries));
        }
        String title = "On the heap, " + entries + " String → Long: bytes of an entry beyond key and value";
        Table table = new Table(title, List.of("peer", "B of an entry"));
        weighed.forEach(each -> table.row(List.of(
                each.label(),
                each.failed()
                        ? "failed: " + each.failure()
                        : Spread.digits(each.series().spread().median()))));
        report.add(table);
        report.add(new Plot("heap", title, weighed));
        judge("near", weighed.get(PEERS.indexOf(Peer.NEARFAR_NEAR)), report);
        judge("tiered", weighed.get(PEERS.indexOf(Peer.NEARFAR_TIERED)), report);
    }

    private static void judge(String mode, Measured ours, Report report) {
        Bar bar = Bar.atMost("heap of a near entry, mode " + mode + ", String → Long, beyond key and value", BAR, "B");
        report.add(ours.failed() ? Outcome.missing(bar, ours.failure()) : Outcome.of(bar, ours));
    }

    private static Measured weigh(Peer peer, String address, int entries) {
        try {
            double bytes = Double.parseDouble(
                    Fork.lastLine(HeapProbe.class, OPTIONS, List.of(peer.name(), String.valueOf(entries), address)));
            return Measured.of(peer.label(), new Series(List.of(bytes)), "B");
        } catch (RuntimeException e) {
            return Measured.failed(peer.label(), e.toString());
        }
    }
}
