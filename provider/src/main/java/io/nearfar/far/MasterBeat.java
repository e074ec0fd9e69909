package io.nearfar.far;

import io.nearfar.entry.Version;
import io.nearfar.far.Session.Node;
import io.nearfar.far.Ticks.Tick;
import io.nearfar.invalidation.BeatSink;
import io.nearfar.key.Keyspace;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.client.protocol.RedisCommand;

/**
 * The beat of one master: its clock and the chains of its partitions, asked for at intervals. It is the probe of the
 * master's breaker as well. Used by the link's thread alone, to which every answer is handed over.
 */
final class MasterBeat {
    private static final int VERSION_LENGTH = 2 * Long.BYTES;

    private final Master master;
    private final Keyspace keyspace;
    private final BeatSink sink;
    private final Runnable timeLearned;
    private final Executor thread;
    private final long deadlineNanos;
    private @Nullable Round underWay;
    private long lastSent;
    private boolean sentOnce;

    /**
     * Creates one that has not beaten yet.
     *
     * @param sink is told of the chains
     * @param timeLearned run when the master's clock has been read, before a sink is told what came with it
     * @param thread runs what answers lead to
     */
    MasterBeat(
            Master master,
            Keyspace keyspace,
            BeatSink sink,
            Runnable timeLearned,
            Executor thread,
            long deadlineNanos) {
        this.master = master;
        this.keyspace = keyspace;
        this.sink = sink;
        this.timeLearned = timeLearned;
        this.thread = thread;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Begins a beat if one is due, and gives up one that has had no answer.
     *
     * @param tick where the process stood still before it, an answer may have come that is still to be read, for which the
     *     next tick is early enough
     */
    void tick(Session session, Node node, List<Integer> partitions, Tick tick) {
        Round current = underWay;
        if (current == null) {
            if (isDue(tick) && master.breaker().admitsProbe()) {
                begin(session, node, partitions);
            }
        } else if (tick.now() - current.sentAt > deadlineNanos && !current.isSpared(tick)) {
            failed(current, "no answer to a beat within " + TimeUnit.NANOSECONDS.toMillis(deadlineNanos) + " ms");
        }
    }

    /** A server that is left alone is probed as soon as its breaker admits that, whatever the period. */
    private boolean isDue(Tick tick) {
        return master.breaker().isOpen()
                || (tick.isOfBeats() && (!sentOnce || tick.now() - lastSent >= tick.periodNanos()));
    }

    /** Begins a beat, unless one is under way; the future completes when its answer was taken in, or given up. */
    CompletableFuture<Boolean> begin(Session session, Node node, List<Integer> partitions) {
        Round current = underWay;
        if (current != null) {
            return current.done;
        }
        Round round = new Round(session, node, partitions);
        underWay = round;
        lastSent = round.sentAt;
        sentOnce = true;
        round.send();
        return round.done;
    }

    private void failed(Round round, String why) {
        if (!isCurrent(round)) {
            return;
        }
        if (master.breaker().failedProbe()) {
            master.tellOut(why);
        }
        end(round);
    }

    private void end(Round round) {
        underWay = null;
        round.done.complete(true);
    }

    private boolean isCurrent(Round round) {
        return underWay == round;
    }

    /** One beat, from its questions to its last answer. */
    private final class Round {
        private final Session session;
        private final Node node;
        private final List<Integer> partitions;
        private final long sentAt = System.nanoTime();
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private final AfterTime afterTime = new AfterTime();
        private boolean spared;
        private int awaited;

        private Round(Session session, Node node, List<Integer> partitions) {
            this.session = session;
            this.node = node;
            this.partitions = partitions;
        }

        /** Tells whether it is not given up yet, which is done once: a machine may be in want of time for long. */
        boolean isSpared(Tick tick) {
            boolean again = spared;
            spared = spared || tick.stoodStill();
            return spared && !again;
        }

        void send() {
            partitions.forEach(partition -> sink.asking(partition, sentAt));
            awaited = 1;
            if (session.servesAllPartitions()) {
                askMaster();
            } else {
                ask(Session.TIME, (reply, answered) -> learn(Numbers.time(reply), answered));
                partitions.forEach(this::askChain);
            }
            oneLess();
        }

        private void learn(long serverMicros, long answered) {
            master.clock().learn(sentAt, answered, serverMicros);
            timeLearned.run();
            afterTime.learned(); // or what this beat verifies would be served by the time of the one before
        }

        private void askMaster() {
            Arguments arguments = new Arguments().key(keyspace.absentKey());
            partitions.forEach(partition -> arguments.key(keyspace.chainKey(partition)));
            run(Script.BEAT, arguments, (reply, answered) -> {
                learn(Numbers.of(reply, 0), answered);
                for (int i = 0; i < partitions.size(); i++) {
                    chain(partitions.get(i), (byte[]) reply.get(i + 1));
                }
            });
        }

        private void askChain(int partition) {
            ask(
                    Session.MGET,
                    (reply, answered) -> afterTime.run(() -> chain(partition, (byte[]) reply.get(0))),
                    keyspace.chainKey(partition));
        }

        private void chain(int partition, byte @Nullable [] bytes) {
            if (bytes != null && bytes.length == VERSION_LENGTH) {
                sink.answered(partition, sentAt, Numbers.version(bytes));
                return;
            }
            sink.answered(partition, sentAt, null);
            found(partition);
        }

        /** A chain that is missing is begun, and what it begins with is the answer. */
        private void found(int partition) {
            Arguments arguments =
                    new Arguments().key(keyspace.chainKey(partition)).add(keyspace.channel(partition));
            run(Script.FOUND, arguments, (reply, answered) -> {
                if (reply.get(1) instanceof byte[] bytes) {
                    Version chain = Numbers.version(bytes);
                    sink.answered(partition, sentAt, chain);
                }
            });
        }

        /** Runs a script that may run late, for it writes nothing that anybody could miss. */
        private void run(Script script, Arguments arguments, Taking taking) {
            awaited++;
            send(Session.EVALSHA, arguments.params(script.sha(), Long.MAX_VALUE, session.publish()), answer -> {
                if (answer.failure != null && Failures.isUnknownScript(answer.failure)) {
                    Object[] params = arguments.params(script.text(), Long.MAX_VALUE, session.publish());
                    send(Session.EVAL, params, taught -> take(taught, taking));
                } else {
                    take(answer, taking);
                }
            });
        }

        private void ask(RedisCommand<List<Object>> command, Taking taking, Object... params) {
            awaited++;
            send(command, params, answer -> take(answer, taking));
        }

        private void send(RedisCommand<List<Object>> command, Object[] params, Consumer<Answer> then) {
            session.send(node, command, params).whenComplete((reply, failure) -> {
                Answer answer = new Answer(reply, failure, System.nanoTime());
                thread.execute(() -> then.accept(answer));
            });
        }

        private void take(Answer answer, Taking taking) {
            if (!isCurrent(this)) {
                return;
            }
            if (answer.reply != null) {
                taking.take(answer.reply, answer.at);
                oneLess();
            } else if (answer.failure != null && Failures.isRefusal(answer.failure)) {
                oneLess(); // it is there, and this partition stays unverified
            } else if (Failures.isGivenUp(answer.failure)) {
                end(this); // the link waits longer than a beat: the process stood still, and what was said is lost
            } else {
                failed(this, answer.failure == null ? "no answer" : Failures.reason(answer.failure));
            }
        }

        private void oneLess() {
            awaited--;
            if (awaited == 0) {
                long open = master.breaker().answered(sentAt);
                if (open >= 0) {
                    master.tellBack(open);
                }
                end(this);
            }
        }
    }

    /** What came back, and when. */
    private record Answer(
            @Nullable List<Object> reply, @Nullable Throwable failure, long at) {}

    /** Takes in an answer that came at that instant. */
    private interface Taking {
        void take(List<Object> reply, long answered);
    }
}
