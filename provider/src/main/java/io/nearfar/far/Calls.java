package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.Session.Node;
import io.nearfar.observe.FarSignals;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.client.protocol.RedisCommand;

/** Begins calls of one cache, or of the tier itself, each with a deadline of its own. */
final class Calls {
    private final Connecting link;
    private final long deadlineNanos;
    private final FarSignals signals;

    Calls(Connecting link, Duration deadline) {
        this(link, deadline, FarSignals.UNWATCHED);
    }

    /** Creates calls that are counted. */
    Calls(Connecting link, Duration deadline, FarSignals signals) {
        this.link = link;
        this.deadlineNanos = deadline.toNanos();
        this.signals = signals;
    }

    FarSignals signals() {
        return signals;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Returns the most that the clock of a partition's server can show now, in microseconds. */
    long latest(int partition) {
        Session session = link.session();
        Node node = node(session, partition);
        MasterClock clock = node.master().clock();
        if (!clock.isKnown()) {
            exchange(session, node, Session.TIME.getName()).readClock();
        }
        return clock.latest();
    }

    /** Like {@link #latest}, but asks nobody: returns 0 if the clock was never read, or it is not known whose it is. */
    long latestKnown(int partition) {
        try {
            MasterClock clock = node(link.session(), partition).master().clock();
            return clock.isKnown() ? clock.latest() : 0;
        } catch (FarTierUnavailableException e) {
            return 0;
        }
    }

    /** Tells whether the clock of a partition's server was ever read, so that nobody has to ask for its time first. */
    boolean knowsClock(int partition) {
        return node(link.session(), partition).master().clock().isKnown();
    }

    /** Tells whether one call may name keys of several partitions. */
    boolean serveAllPartitions() {
        return link.session().servesAllPartitions();
    }

    /** Returns why the server where the partition's writes go is not asked at the moment, or null if it is. */
    @Nullable
    FarTierUnavailableException silence(int partition) {
        try {
            Node node = node(link.session(), partition);
            return node.master().breaker().isOpen() ? Failures.kept(node.master()) : null;
        } catch (FarTierUnavailableException e) {
            return e;
        }
    }

    /** Returns a number that changes with every outage, whatever server comes after; below 0 if none takes writes. */
    long troubles(int partition) {
        try {
            return link.session().troubles(partition);
        } catch (FarTierUnavailableException e) {
            return -1;
        }
    }

    /**
     * Begins a script where the partition's writes go.
     *
     * @throws FarTierUnavailableException if nobody can be asked
     */
    ScriptCall script(Script script, int partition, Arguments arguments) {
        return scriptUntil(until(), script, partition, arguments);
    }

    /** Like {@link #script} for a call that has asked something before, and has until that instant for all of it. */
    ScriptCall scriptUntil(long until, Script script, int partition, Arguments arguments) {
        return begin(until, script, partition, arguments, true);
    }

    /** Like {@link #script} for one of many that nobody is in a hurry for: if there is no answer, no breaker is told. */
    ScriptCall scriptOfMany(Script script, int partition, Arguments arguments) {
        return begin(until(), script, partition, arguments, false);
    }

    private ScriptCall begin(long until, Script script, int partition, Arguments arguments, boolean mayTell) {
        Session session = asked();
        Exchange exchange =
                new Exchange(session, asked(session, partition), script.name(), deadlineNanos, until, signals, mayTell);
        return new ScriptCall(exchange, script, arguments, session.publish());
    }

    /** Runs a script and returns its reply. */
    List<Object> run(Script script, int partition, Arguments arguments) {
        return script(script, partition, arguments).reply();
    }

    /**
     * Begins a question to the server where the partition's writes go.
     *
     * @throws FarTierUnavailableException if nobody can be asked
     */
    ReadCall read(int partition, RedisCommand<List<Object>> command, Object... params) {
        Session session = asked();
        return read(session, asked(session, partition), command, params);
    }

    /** Returns the instant of {@link System#nanoTime} at which a question that begins now is given up. */
    long until() {
        return System.nanoTime() + deadlineNanos;
    }

    /** Like {@link #read} for a call that has asked something before, and has until that instant for all of it. */
    ReadCall readUntil(long until, int partition, RedisCommand<List<Object>> command, Object... params) {
        Session session = asked();
        Node node = asked(session, partition);
        Exchange exchange = new Exchange(session, node, command.getName(), deadlineNanos, until, signals);
        return new ReadCall(exchange, command, params);
    }

    /** Begins a question to one server. */
    ReadCall read(Node node, RedisCommand<List<Object>> command, Object... params) {
        return read(asked(), node, command, params);
    }

    /** Returns the servers that accept writes. */
    List<Node> nodes() {
        return link.session().nodes();
    }

    /**
     * Returns the server where the partition's writes go.
     *
     * @throws FarTierUnavailableException if none is known to
     */
    Node node(int partition) {
        return node(link.session(), partition);
    }

    private ReadCall read(Session session, Node node, RedisCommand<List<Object>> command, Object... params) {
        return new ReadCall(exchange(session, node, command.getName()), command, params);
    }

    private Exchange exchange(Session session, Node node, String what) {
        return new Exchange(session, node, what, deadlineNanos, until(), signals);
    }

    /** Returns the session for a call, which has failed if there is none. */
    private Session asked() {
        try {
            return link.session();
        } catch (FarTierUnavailableException e) {
            signals.failed(FarSignals.Failure.UNREACHED);
            throw e;
        }
    }

    /** Returns the server of a call, which has failed if there is none. */
    private Node asked(Session session, int partition) {
        try {
            return node(session, partition);
        } catch (FarTierUnavailableException e) {
            signals.failed(FarSignals.Failure.UNREACHED);
            throw e;
        }
    }

    private static Node node(Session session, int partition) {
        Node node = session.node(partition);
        if (node == null) {
            session.troubles(partition);
            throw Failures.nobody(partition);
        }
        return node;
    }
}
