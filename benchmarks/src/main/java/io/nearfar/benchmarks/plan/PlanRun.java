package io.nearfar.benchmarks.plan;

import io.nearfar.benchmarks.peer.NearfarCaches;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.plan.Model.Moment;
import io.nearfar.benchmarks.plan.Workload.Names;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;

/** What a model says of many nodes, and how far it is off for as many as one machine bears. */
public final class PlanRun {
    private static final int KEYS = 800;
    private static final int NEAR = 1_000;
    private static final double READS = 100;
    private static final double WRITES = 5;
    private static final double BAR_PERCENT = 20;
    private static final int PERCENT = 100;
    private static final long CLOSING_SECONDS = 2;

    /** So often each key is written, on the average, before anything is counted: before, most are near that will not be so. */
    private static final double ROUNDS = 3;

    /** Of the caches that are opened here: no idle connection is tried more often than once in a deadline. */
    private static final long PING_MILLIS = 5_000;

    private static final int LONG_IN_BYTES = 10;

    private final String address;
    private final int nodes;
    private final long seconds;
    private final Report report;

    /**
     * Prepares the run.
     *
     * @param address where the server is, which has nothing else to do
     * @param nodes how many JVMs there are
     * @param seconds how long they are looked at
     * @param report what gets the figures
     */
    public PlanRun(String address, int nodes, long seconds, Report report) {
        this.address = address;
        this.nodes = nodes;
        this.seconds = seconds;
        this.report = report;
    }

    /** Measures, and computes what is past one machine. */
    public void measure() {
        Names names = new Names(
                PlanProbe.PREFIX.length(),
                PlanProbe.CACHE.length(),
                PlanProbe.key(0).length(),
                LONG_IN_BYTES);
        Workload work = new Workload(nodes, 1, READS, WRITES, KEYS, NEAR, names);
        Traffic planned = new Model(work, Levers.usual(1).withPing(PING_MILLIS)).traffic();
        Traffic seen = seen(work);
        Table table = new Table(
                nodes + " JVMs, each with " + (int) READS + " reads and " + (int) WRITES + " writes a second",
                List.of("in a second", "planned", "measured", "off by"));
        compare(table, "commands", planned.commands(), seen.commands());
        compare(table, "of them reads", planned.reads(), seen.reads());
        compare(table, "writes", planned.writes(), seen.writes());
        compare(table, "beats", planned.beats(), seen.beats());
        compare(table, "pings", planned.pings(), seen.pings());
        compare(table, "messages delivered", planned.messages(), seen.messages());
        compare(table, "bytes to the server", planned.bytesIn(), seen.bytesIn());
        compare(table, "bytes from the server", planned.bytesOut(), seen.bytesOut());
        compare(table, "connections, at one moment", planned.connections(), seen.connections());
        report.add(table);
        judge("commands", planned.commands(), seen.commands());
        judge("messages", planned.messages(), seen.messages());
        judge("bytes to the server", planned.bytesIn(), seen.bytesIn());
        judge("bytes from the server", planned.bytesOut(), seen.bytesOut());
        judge("connections", planned.connections(), seen.connections());
        plan();
    }

    private void compare(Table table, String what, double planned, double measured) {
        table.row(List.of(
                what, Spread.digits(planned), Spread.digits(measured), Spread.digits(off(planned, measured)) + " %"));
    }

    private static double off(double planned, double measured) {
        return Math.abs(planned - measured) / measured * PERCENT;
    }

    private void judge(String what, double planned, double measured) {
        Bar bar = Bar.atMost("the plan of " + nodes + " JVMs is off by, " + what, BAR_PERCENT, "%");
        report.add(Outcome.of(bar, Measured.of("the plan", new Series(List.of(off(planned, measured))), "%")));
    }

    private Traffic seen(Workload work) {
        List<PlanNode> started = new ArrayList<>();
        try (NearfarCaches first = NearfarCaches.open(address, PlanProbe.PREFIX);
                ServerFigures server = ServerFigures.of(address)) {
            Cache<String, Long> cache = first.cache(PlanProbe.CACHE);
            for (int key = 0; key < work.keys(); key++) {
                cache.put(PlanProbe.key(key), 0L);
            }
            first.close();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(CLOSING_SECONDS));
            long others = server.clients();
            for (int i = 0; i < nodes; i++) {
                started.add(PlanNode.start(address, work, i));
            }
            started.forEach(PlanNode::awaitReady);
            started.forEach(PlanNode::begin);
            long settling = Math.round(ROUNDS * work.keys() / (nodes * work.writes()));
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(settling));
            return seen(server, started, others);
        } finally {
            started.forEach(PlanNode::close);
        }
    }

    private Traffic seen(ServerFigures server, List<PlanNode> started, long others) {
        Look before = Look.at(server, started);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
        Look after = Look.at(server, started);
        long late = after.late() - before.late();
        if (late * PERCENT > after.calls() - before.calls()) {
            report.failed(
                    "the plan of " + nodes + " JVMs",
                    late + " calls came late: the machine was too busy for the work that was planned");
        }
        return after.since(before, server.clients() - others);
    }

    /** What server and nodes say at one moment. */
    private record Look(
            long at,
            long reads,
            long scripts,
            long published,
            long pings,
            long in,
            long out,
            long messages,
            long calls,
            long late) {
        static Look at(ServerFigures server, List<PlanNode> nodes) {
            List<PlanNode.Done> done = nodes.stream().map(PlanNode::done).toList();
            return new Look(
                    System.nanoTime(),
                    server.work(Set.of("mget")).calls(),
                    server.work(Set.of("evalsha")).calls(),
                    server.work(Set.of("publish")).calls(),
                    server.work(Set.of("ping")).calls(),
                    server.received(),
                    server.sent(),
                    done.stream().mapToLong(PlanNode.Done::messages).sum(),
                    done.stream().mapToLong(PlanNode.Done::calls).sum(),
                    done.stream().mapToLong(PlanNode.Done::late).sum());
        }

        Traffic since(Look before, long connections) {
            double seconds = (at - before.at) / (double) TimeUnit.SECONDS.toNanos(1);
            double writes = (published - before.published) / seconds;
            double far = (reads - before.reads) / seconds;
            return new Traffic(
                    Double.NaN,
                    far,
                    writes,
                    (scripts - before.scripts) / seconds - writes,
                    (pings - before.pings) / seconds,
                    (messages - before.messages) / seconds,
                    (in - before.in) / seconds,
                    (out - before.out) / seconds,
                    connections);
        }
    }

    /** A hundred nodes, ten masters, a million calls a second, one in a hundred of them a write. */
    private void plan() {
        Names names = new Names(4, 8, 16, 500);
        Workload work = new Workload(100, 16, 9_900, 100, 1_000_000, 100_000, names);
        Levers usual = Levers.usual(10);
        Table table = new Table(
                "Planned: 100 nodes, 10 masters, a million calls a second, 1 % writes",
                List.of("what", "as it is", "beat of a second", "each message to all masters", "200 nodes"));
        List<Model> models = List.of(
                new Model(work, usual),
                new Model(work, usual.withBeat(1_000)),
                new Model(work, usual.everywhere()),
                new Model(work.withNodes(200), usual));
        List<Traffic> traffic = models.stream().map(Model::traffic).toList();
        row(
                table,
                "near hits, %",
                traffic.stream().map(each -> each.nearHits() * PERCENT).toList());
        row(
                table,
                "reads of each master, a second",
                traffic.stream().map(each -> each.reads() / 10).toList());
        row(
                table,
                "writes of each master",
                traffic.stream().map(each -> each.writes() / 10).toList());
        row(
                table,
                "beats of each master",
                traffic.stream().map(each -> each.beats() / 10).toList());
        row(
                table,
                "pings of each master",
                traffic.stream().map(each -> each.pings() / 10).toList());
        row(
                table,
                "messages to each node",
                traffic.stream().map(Traffic::writes).toList());
        row(
                table,
                "messages from each master",
                traffic.stream().map(each -> each.messages() / 10).toList());
        row(
                table,
                "MB to each master",
                traffic.stream().map(each -> each.bytesIn() / 1e7).toList());
        row(
                table,
                "MB from each master",
                traffic.stream().map(each -> each.bytesOut() / 1e7).toList());
        row(
                table,
                "MB between masters, all together",
                models.stream().map(each -> each.bytesBetweenMasters() / 1e6).toList());
        row(
                table,
                "connections to each master",
                traffic.stream().map(each -> each.connections() / 10).toList());
        report.add(table);
        storm(models.get(0));
    }

    private static void row(Table table, String what, List<Double> figures) {
        List<String> cells = new ArrayList<>(List.of(what));
        figures.forEach(figure -> cells.add(Spread.digits(figure)));
        table.row(cells);
    }

    private void storm(Model model) {
        Table table = new Table(
                "Planned: one of those masters was gone, and answers again",
                List.of("second", "reads that come to it", "connections that are made"));
        for (Moment moment : model.recovery(61)) {
            if (Set.of(0, 1, 2, 5, 10, 30, 60).contains(moment.second())) {
                table.row(List.of(
                        String.valueOf(moment.second()),
                        Spread.digits(moment.reads()),
                        Spread.digits(moment.connections())));
            }
        }
        report.add(table);
    }
}
