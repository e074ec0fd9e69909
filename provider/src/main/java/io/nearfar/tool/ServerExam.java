package io.nearfar.tool;

import io.nearfar.config.FarSettings;
import io.nearfar.config.Topology;
import io.nearfar.far.ExaminedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the doctor finds at one server, by its words, its clock and, where it may see them, its settings. */
final class ServerExam {
    /** What the servers are asked for of their settings. None is a secret. */
    static final List<String> WANTED = List.of(
            "bind",
            "protected-mode",
            "timeout",
            "tcp-keepalive",
            "maxclients",
            "client-output-buffer-limit",
            "save",
            "appendonly",
            "appendfsync",
            "stop-writes-on-bgsave-error",
            "min-replicas-to-write",
            "lazyfree-lazy-eviction",
            "lazyfree-lazy-expire",
            "lazyfree-lazy-server-del",
            "lazyfree-lazy-user-del",
            "slowlog-log-slower-than",
            "slowlog-max-len",
            "latency-monitor-threshold",
            "notify-keyspace-events");

    private static final int PERCENT = 100;
    private static final int NEARLY_FULL_PERCENT = 90;
    private static final int MANY_CLIENTS_PERCENT = 80;
    private static final int MOST_OF_MACHINE_PERCENT = 75;
    private static final int HALF = 2;

    /** A deadline has room for so many round trips, or it is short. */
    private static final int ROUND_TRIPS = 4;

    private static final Pattern KEYS = Pattern.compile("keys=(\\d+),expires=(\\d+)");

    private final ExaminedServer server;
    private final FarSettings far;
    private final List<Finding> findings = new ArrayList<>();

    private ServerExam(ExaminedServer server, FarSettings far) {
        this.server = server;
        this.far = far;
    }

    /**
     * Returns what it finds.
     *
     * @param deadline the shortest that holds for calls of this server
     */
    static List<Finding> of(ExaminedServer server, FarSettings far, Topology topology, Duration deadline) {
        ServerExam exam = new ServerExam(server, far);
        server.findings().forEach(finding -> exam.findings.add(Finding.of(finding)));
        exam.memory();
        exam.persistence();
        exam.replicas(topology);
        exam.clients();
        exam.roundTrip(deadline);
        if (server.configuration() == null) {
            exam.add(true, Ailment.CONFIGURATION_UNSEEN, "It refuses CONFIG GET");
        } else {
            exam.protection();
            exam.events();
            exam.watching();
            exam.freeing();
        }
        return exam.findings;
    }

    private void add(boolean found, Ailment ailment, String seen) {
        if (found) {
            findings.add(new Finding(ailment, server.address(), seen));
        }
    }

    private long told(String field) {
        return server.told().number(field);
    }

    /** Returns a number that the server is set to, or another one if that is not known. */
    private long set(String name, long otherwise) {
        String text = server.set(name);
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : otherwise;
    }

    private boolean isSet(String name, String text) {
        return server.configuration() != null && server.set(name).equals(text);
    }

    private void memory() {
        long limit = told("maxmemory");
        long machine = told("total_system_memory");
        add(
                machine > 0 && limit > machine / PERCENT * MOST_OF_MACHINE_PERCENT,
                Ailment.MAXMEMORY_BEYOND_MACHINE,
                "Its maxmemory is " + Amounts.bytes(limit) + ", and the machine has " + Amounts.bytes(machine));
        boolean isVolatile = server.told().text("maxmemory_policy").startsWith("volatile-");
        if (isVolatile && limit > 0 && told("used_memory") > limit / PERCENT * NEARLY_FULL_PERCENT) {
            eternal();
        }
    }

    private void eternal() {
        long keys = 0;
        long expiring = 0;
        for (String database : server.told().info().keySet()) {
            Matcher counts = KEYS.matcher(server.told().text(database));
            if (database.matches("db\\d+") && counts.find()) {
                keys += Long.parseLong(counts.group(1));
                expiring += Long.parseLong(counts.group(2));
            }
        }
        add(
                expiring < keys / HALF,
                Ailment.NOTHING_TO_EVICT,
                "It is nearly full, and of its " + Amounts.count(keys) + " keys " + Amounts.count(keys - expiring)
                        + " have no end");
    }

    private void persistence() {
        boolean snapshotFails = server.told().text("rdb_last_bgsave_status").equals("err")
                && !isSet("save", "")
                && !isSet("stop-writes-on-bgsave-error", "no");
        add(snapshotFails, Ailment.PERSISTENCE_FAILS, "Its last snapshot has failed");
        boolean logFails = server.told().text("aof_last_write_status").equals("err");
        add(logFails, Ailment.PERSISTENCE_FAILS, "Its last write to the append-only file has failed");
        add(
                isSet("appendonly", "yes") && isSet("appendfsync", "always"),
                Ailment.EVERY_WRITE_SYNCED,
                "Its appendfsync is always");
    }

    private void replicas(Topology topology) {
        long replicas = told("connected_slaves");
        long needed = set("min-replicas-to-write", 0);
        add(
                needed > 0 && told("min_slaves_good_slaves") < needed,
                Ailment.REPLICAS_MISSING,
                "Its min-replicas-to-write is " + needed + ", and in touch are " + told("min_slaves_good_slaves"));
        add(
                replicas == 0 && (topology == Topology.SENTINEL || topology == Topology.MASTER_REPLICA),
                Ailment.NO_REPLICA,
                "It has no replica");
        add(
                replicas > 0 && isSet("save", "") && isSet("appendonly", "no"),
                Ailment.COLD_MASTER,
                "It has replicas and keeps nothing on disk");
    }

    private void clients() {
        long most = set("maxclients", told("maxclients"));
        long clients = told("connected_clients");
        add(
                most > 0 && clients * PERCENT >= most * MANY_CLIENTS_PERCENT,
                Ailment.CONNECTIONS_SCARCE,
                "It has " + Amounts.count(clients) + " connections of at most " + Amounts.count(most)
                        + ", and has turned away " + Amounts.count(told("rejected_connections")) + " since its start");
        long ping = Math.max(far.pingInterval().toMillis(), far.deadline().toMillis());
        long timeout = Duration.ofSeconds(set("timeout", 0)).toMillis();
        add(
                timeout > 0 && timeout <= HALF * ping,
                Ailment.IDLE_CLIENTS_CLOSED,
                "Its timeout is " + timeout + " ms, and a ping comes every " + ping + " ms");
        add(isSet("tcp-keepalive", "0"), Ailment.NO_KEEPALIVE, "Its tcp-keepalive is 0");
        add(
                server.set("client-output-buffer-limit").matches(".*\\bpubsub 0 0 .*"),
                Ailment.SUBSCRIBERS_UNBOUNDED,
                "Its client-output-buffer-limit of pubsub is 0");
    }

    private void roundTrip(Duration deadline) {
        Duration trip = server.roundTrip();
        add(
                trip.multipliedBy(ROUND_TRIPS).compareTo(deadline) > 0,
                Ailment.DEADLINE_SHORT,
                "The quickest of some questions took " + trip.toNanos() / 1_000 + " µs, and the shortest deadline is "
                        + Amounts.time(deadline));
    }

    private void protection() {
        boolean isOpen = far.address().password() == null && isSet("protected-mode", "no");
        boolean isLocal = Stream.of(server.set("bind").split(" "))
                .map(bound -> bound.replaceFirst("^-", ""))
                .allMatch(bound -> bound.equals("::1") || bound.matches("127(\\.\\d{1,3}){3}"));
        add(
                isOpen && !isLocal,
                Ailment.NO_PASSWORD,
                "It asks for no password, its protected-mode is no, and it listens at "
                        + (server.set("bind").isBlank() ? "every address" : server.set("bind")));
    }

    private void events() {
        String flags = server.set("notify-keyspace-events");
        boolean suffices = flags.contains("K")
                && (flags.contains("A") || Stream.of("g", "$", "x", "e").allMatch(flags::contains));
        add(
                far.keyspaceEvents() && !suffices,
                Ailment.KEYSPACE_EVENTS_MISSING,
                "Its notify-keyspace-events is " + (flags.isEmpty() ? "empty" : flags));
        add(
                !far.keyspaceEvents() && !flags.isEmpty(),
                Ailment.KEYSPACE_EVENTS_UNUSED,
                "Its notify-keyspace-events is " + flags + ", and nearfar.keyspace-events false");
    }

    private void watching() {
        long threshold = set("slowlog-log-slower-than", 1);
        add(
                threshold <= 0 || set("slowlog-max-len", 1) == 0,
                Ailment.NO_SLOW_LOG,
                "Its slowlog-log-slower-than is " + threshold + (threshold == 0 ? ", which is everything" : "")
                        + ", and its slowlog-max-len " + server.set("slowlog-max-len"));
        add(isSet("latency-monitor-threshold", "0"), Ailment.NO_LATENCY_MONITOR, "Its latency-monitor-threshold is 0");
    }

    private void freeing() {
        List<String> off = WANTED.stream()
                .filter(name -> name.startsWith("lazyfree-") && isSet(name, "no"))
                .toList();
        add(!off.isEmpty(), Ailment.FREED_WHILE_CALLERS_WAIT, "These are no: " + String.join(", ", off));
    }
}
