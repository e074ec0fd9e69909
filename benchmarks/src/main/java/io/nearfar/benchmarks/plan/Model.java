package io.nearfar.benchmarks.plan;

import java.util.ArrayList;
import java.util.List;

/*
 * What a node says to the servers
 * ===============================
 * A read that the near tier does not answer is one MGET of an entry and the meta of its cache. A write is one script; it publishes
 * one message, which every node receives, the writer too. Each node asks each master for the last writes of its partitions once in
 * a beat, and tries each idle connection once in a while.
 *
 * A key is read from far when it was written since this node has read it last: a write drops the near entry on all nodes, the writer's
 * too. So of a key that a node reads r times and all nodes together write w times in a second, w / (r + w) of the reads go far, as long as
 * the entry finds room near; the keys that are wanted most do.
 */

/** Computes what nodes and servers say to each other; asks nobody. */
public final class Model {
    /** So many partitions has a prefix; the masters share them out. */
    private static final int PARTITIONS = 64;

    /** What names have beside the prefix: braces, the tilde and the number, of two digits and a half. */
    private static final double TAG = 5.5;

    private static final int KIND = 3;
    private static final int SHA = 40;
    private static final int INSTANT = 16;
    private static final int NONCE = 8;
    private static final int VERSION = 16;
    private static final int ENVELOPE = 38;
    private static final int META = 25;
    private static final int MESSAGE = 42;
    private static final double MILLIS = 1_000;

    private final Workload work;
    private final Levers levers;

    /** Plans for that, with those choices. */
    public Model(Workload work, Levers levers) {
        this.work = work;
        this.levers = levers;
    }

    /** Returns what is said in a second of quiet work. */
    public Traffic traffic() {
        double reads = work.nodes() * work.reads() * farShare();
        double writes = allWrites();
        double beats = work.nodes() * levers.masters() * MILLIS / levers.beatMillis();
        double connections = (double) work.nodes() * levers.masters() * perMaster();
        double pings = connections * MILLIS / levers.pingMillis();
        double messages = writes * work.nodes();
        return new Traffic(
                1 - farShare(),
                reads,
                writes,
                beats,
                pings,
                messages,
                reads * readRequest() + writes * writeRequest() + beats * beatRequest() + pings * PING,
                reads * readReply() + writes * writeReply() + beats * beatReply() + pings * PONG + messages * message(),
                connections);
    }

    private static final double PING = Resp.array(1) + Resp.strings(4);
    private static final double PONG = Resp.array(2) + Resp.strings(4, 0);

    private double allWrites() {
        return work.nodes() * work.writes();
    }

    /** One for each thread that calls and for the beat, as far as the pool goes; and one for messages. */
    private int perMaster() {
        return Math.min(levers.pool(), work.threads() + 1) + 1;
    }

    /** Returns which share of the reads goes far. */
    private double farShare() {
        double[] shares = work.shares();
        double far = 0;
        for (int key = 0; key < shares.length; key++) {
            far += shares[key] * farShareOf(key, shares[key]);
        }
        return far;
    }

    private double farShareOf(int key, double share) {
        double written = allWrites() / work.keys();
        return key < work.nearEntries() ? written / (work.reads() * share + written) : 1;
    }

    private int name(int length) {
        return (int) Math.round(work.names().prefix() + TAG)
                + KIND
                + work.names().cache()
                + length;
    }

    private int entry() {
        return name(1 + work.names().key());
    }

    private int channel() {
        return (int) Math.round(work.names().prefix() + TAG) + ":inv".length();
    }

    private int chain() {
        return (int) Math.round(work.names().prefix() + TAG) + ":chain".length();
    }

    private double readRequest() {
        return Resp.array(3) + Resp.strings("MGET".length(), entry(), name(0));
    }

    private double readReply() {
        return Resp.array(2) + Resp.strings(ENVELOPE + work.names().value(), META);
    }

    private double writeRequest() {
        Workload.Names names = work.names();
        int keys = Resp.strings(entry(), name(0), chain(), entry(), name(0));
        int begin = Resp.strings(INSTANT, NONCE, "PUBLISH".length(), channel(), 4 + names.cache(), 4 + names.key());
        int terms = Resp.strings("always".length(), 2, 2, 1, 0, 1, 2, 4 + names.value(), 1, 0);
        return Resp.array(24) + Resp.strings("EVALSHA".length(), SHA, 1) + keys + begin + terms;
    }

    private double writeReply() {
        return Resp.array(6) + 2 * Resp.number(1) + 2 * Resp.number(INSTANT) + Resp.number(1) + Resp.NULL;
    }

    private double chains() {
        return (double) PARTITIONS / levers.masters();
    }

    private double beatRequest() {
        int begin = Resp.strings("EVALSHA".length(), SHA, 2, chain(), INSTANT, NONCE, "PUBLISH".length());
        return Resp.array(PARTITIONS) + begin + chains() * Resp.strings(chain());
    }

    private double beatReply() {
        return Resp.array(PARTITIONS) + Resp.number(INSTANT) + chains() * Resp.strings(VERSION);
    }

    private double message() {
        int told = MESSAGE + work.names().cache() + work.names().key();
        return Resp.array(3)
                + Resp.strings(
                        (levers.sharded() && levers.masters() > 1 ? "smessage" : "message").length(), channel(), told);
    }

    /** Returns how many bytes masters send each other in a second, where each message goes to all of them. */
    public double bytesBetweenMasters() {
        return levers.sharded() ? 0 : allWrites() * (levers.masters() - 1) * message();
    }

    /**
     * A second after one master was gone for long enough that nothing near its partitions is believed any more.
     *
     * @param second since it answers again; the first is 0
     * @param reads that go far to it in that second
     * @param connections that are made to it
     */
    public record Moment(int second, double reads, double connections) {}

    /** Returns what comes to a master that answers again, second by second: nodes read anew what they want, key by key. */
    public List<Moment> recovery(int seconds) {
        List<Moment> moments = new ArrayList<>();
        double[] shares = work.shares();
        for (int second = 0; second < seconds; second++) {
            double far = 0;
            for (int key = 0; key < shares.length; key++) {
                far += shares[key] * farShareAfter(key, shares[key], second);
            }
            double reads = work.nodes() * work.reads() * far / levers.masters();
            moments.add(new Moment(second, reads, second == 0 ? (double) work.nodes() * perMaster() : 0));
        }
        return moments;
    }

    /** The mean over a second of what was not read again so far, and what goes far anyway of the rest. */
    private double farShareAfter(int key, double share, int second) {
        double usual = farShareOf(key, share);
        double rate = work.reads() * share;
        double unread = (Math.exp(-rate * second) - Math.exp(-rate * (second + 1))) / rate;
        return unread + (1 - unread) * usual;
    }
}
