package io.nearfar.far;

import io.nearfar.Quota;
import io.nearfar.far.ChargeLine.Batch;
import io.nearfar.far.ChargeLine.Member;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Charges of one cost to one quota that are asked for at the same time: what comes while a few are under way waits until one of
 * those is answered, and then goes with one question, as databases commit in groups. Whoever comes when fewer are under way
 * goes at once, and nobody waits for company.
 *
 * <p>Exact: one question is one script, and decides about its requests one after the other at one instant of the server. They
 * had all come before it was sent, and none is told before it is answered. So that instant lies between the call and the
 * return of each of them, and decisions are linearizable as if each had a question of its own.
 *
 * <p>A question is given up at the earliest deadline of its requests, so that none is charged after its own. That takes from the
 * others no more than half of theirs: who joins has three quarters left, and no batch waits for longer than a quarter, so the
 * server has half of a deadline, which is as long as it takes to find out that it does not answer. Whoever has less left, or
 * knows that the server is not asked, goes alone. A question that has no answer for a quarter holds up nobody any more,
 * whatever became of the thread that waits for it.
 *
 * <p>Holds nothing of a quota that nobody is asking about. Safe for use by several threads.
 */
final class ChargeBatches {
    private static final Question ABANDONED = () -> number -> Counted.nothing(Failures.abandoned());
    private static final int PARTS_OF_A_DEADLINE = 4;

    private final Counting counting;
    private final long deadlineNanos;
    private final long longestTurn;
    private final ConcurrentHashMap<Shape, ChargeLine> lines = new ConcurrentHashMap<>();

    /** What requests have in common that go together. */
    private record Shape(Quota quota, long cost) {}

    /** Where requests are counted. */
    interface Counting {
        /** Begins to charge so many requests to a quota, one after the other, as many as have room. */
        Question begin(Quota quota, long cost, int requests, long until);

        /** Tells whether whoever counts the quota is known not to answer, and so is not asked. */
        boolean isSilent(Quota quota);
    }

    /** What was begun. May be awaited by another thread. */
    interface Question {
        /** Waits for the answer; returns what became of each request, by its number, which may be asked by several threads. */
        IntFunction<Counted> await();
    }

    /**
     * Creates one without any.
     *
     * @param deadlineNanos of a request
     */
    ChargeBatches(Counting counting, long deadlineNanos) {
        this.counting = counting;
        this.deadlineNanos = deadlineNanos;
        this.longestTurn = deadlineNanos / PARTS_OF_A_DEADLINE;
    }

    /**
     * Charges a request to a quota, if it has room.
     *
     * @param until the instant of {@link System#nanoTime} at which it is given up
     */
    Counted charge(Quota quota, long cost, long until) {
        LinkThread.refuse();
        Shape shape = new Shape(quota, cost);
        while (true) {
            ChargeLine line = lines.computeIfAbsent(shape, any -> new ChargeLine());
            if (line.isBusy() && counting.isSilent(quota)) {
                return chargeApart(quota, cost, until);
            }
            Member own = line.enter(until, System.nanoTime(), deadlineNanos - longestTurn);
            if (own != null && own.isApart()) {
                return chargeApart(quota, cost, until);
            } else if (own != null) {
                return own.isAlone() ? chargeAtOnce(shape, line, until) : chargeTogether(shape, line, own);
            }
            lines.remove(shape, line);
        }
    }

    private Counted chargeApart(Quota quota, long cost, long until) {
        return counting.begin(quota, cost, 1, until).await().apply(0);
    }

    private Counted chargeAtOnce(Shape shape, ChargeLine line, long until) {
        try {
            return chargeApart(shape.quota, shape.cost, until);
        } finally {
            leave(shape, line);
        }
    }

    private Counted chargeTogether(Shape shape, ChargeLine line, Member own) {
        if (own.isFirst()) {
            return lead(shape, line, own);
        }
        if (own.isLast()) {
            begin(shape, own.batch());
        }
        return follow(line, own);
    }

    /** Waits for the answer to all of a batch. The next one goes on its way before those of this one are told. */
    private Counted lead(Shape shape, ChargeLine line, Member own) {
        Batch batch = own.batch();
        IntFunction<Counted> answers = null;
        try {
            answers = question(shape, line, own).await();
        } finally {
            try {
                line.forget(batch);
                leave(shape, line);
            } finally {
                batch.tell(answers);
            }
        }
        return told(own, answers);
    }

    /** Returns the question about a batch, which another thread begins in time, or else this one. */
    private Question question(Shape shape, ChargeLine line, Member own) {
        Batch batch = own.batch();
        try {
            return Waiting.get(batch.question(), System.nanoTime() + longestTurn);
        } catch (TimeoutException e) {
            if (line.giveUp(batch, System.nanoTime())) {
                lines.remove(shape, line);
                begin(shape, batch);
            }
        } catch (ExecutionException e) {
            return ABANDONED;
        }
        try {
            return Waiting.get(batch.question(), own.until());
        } catch (TimeoutException | ExecutionException e) {
            return ABANDONED;
        }
    }

    /** Begins to ask about a batch that has departed; what fails is told to the thread that waits for the answer. */
    private void begin(Shape shape, Batch batch) {
        Question question = ABANDONED;
        try {
            question = batch.size() == 0
                    ? () -> this::outOfTime
                    : counting.begin(shape.quota, shape.cost, batch.size(), batch.until());
        } catch (RuntimeException e) {
            question = () -> {
                throw e;
            };
        } finally {
            batch.begun(question);
        }
    }

    private Counted follow(ChargeLine line, Member own) {
        try {
            return told(own, Waiting.get(own.batch().answers(), own.until()));
        } catch (TimeoutException e) {
            return line.withdraw(own) ? outOfTime(0) : followOn(own);
        } catch (ExecutionException e) {
            return Counted.nothing(Failures.abandoned());
        }
    }

    /** Waits for what has been asked: that is over by now, and its answer on the way from another thread. */
    private Counted followOn(Member own) {
        try {
            return told(own, Waiting.get(own.batch().answers(), own.until() + longestTurn));
        } catch (TimeoutException | ExecutionException e) {
            return Counted.nothing(Failures.abandoned());
        }
    }

    private Counted told(Member own, IntFunction<Counted> answers) {
        return own.isLeftOut() ? outOfTime(0) : answers.apply(own.number());
    }

    private Counted outOfTime(int any) {
        return Counted.nothing(Failures.outOfTime(deadlineNanos));
    }

    private void leave(Shape shape, ChargeLine line) {
        Batch next = line.leave(System.nanoTime());
        if (next != null) {
            begin(shape, next);
        } else if (line.isOver()) {
            lines.remove(shape, line);
        }
    }

    /** Returns about how many quotas somebody is asking. */
    int size() {
        return lines.size();
    }
}
