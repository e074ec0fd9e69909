package io.nearfar.far;

import io.nearfar.far.ChargeBatches.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many questions with like requests are under way, and the batch that waits for its turn. Over as soon as there is neither, or
 * when a batch has waited in vain: then requests begin another one. Safe for use by several threads.
 */
final class ChargeLine {
    /** What comes while so many are under way waits. */
    static final int AT_ONCE = 2;

    /** A batch that has so many requests goes without waiting any longer. */
    static final int LARGEST = 64;

    private static final Member ALONE = new Member(null, 0);
    private static final Member APART = new Member(null, 0);

    private int underWay;
    private boolean over;
    private @Nullable Batch next;

    /** Tells whether a request that comes now has to wait. */
    synchronized boolean isBusy() {
        return underWay >= AT_ONCE;
    }

    /**
     * Takes a request in, or returns null if this is over.
     *
     * @param leastLeft who has less left than that does not wait, or all of a batch would be given up so early
     */
    synchronized @Nullable Member enter(long until, long now, long leastLeft) {
        if (over) {
            return null;
        }
        if (underWay < AT_ONCE) {
            underWay++;
            return ALONE;
        }
        if (until - now < leastLeft) {
            return APART;
        }
        Batch batch = next == null ? new Batch() : next;
        next = batch;
        Member member = batch.add(until);
        if (member.last) {
            depart(batch, now);
        }
        return member;
    }

    private void depart(Batch batch, long now) {
        underWay++;
        next = null;
        batch.depart(now);
    }

    /**
     * Ends this if a batch is still waiting for its turn, which then departs.
     *
     * @param now requests whose time is up by now are left out
     */
    synchronized boolean giveUp(Batch batch, long now) {
        boolean isWaiting = !batch.departed;
        if (isWaiting) {
            depart(batch, now);
            over = true;
        }
        return isWaiting;
    }

    /** Has nobody join a batch. */
    synchronized void forget(Batch batch) {
        if (next == batch) {
            next = null;
        }
    }

    /** Withdraws a request, unless it was asked about; tells whether it was not. */
    synchronized boolean withdraw(Member member) {
        member.leftOut |= !member.batch().departed;
        return member.leftOut;
    }

    /** Ends a question; returns the batch whose turn it is now, which has departed, or null. */
    synchronized @Nullable Batch leave(long now) {
        underWay--;
        Batch waiting = underWay < AT_ONCE ? next : null;
        if (waiting != null) {
            depart(waiting, now);
        }
        over |= underWay == 0;
        return waiting;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** A request. */
    static final class Member {
        private final @Nullable Batch batch;
        private final long until;
        private boolean first;
        private boolean last;
        private boolean leftOut;
        private int number;

        private Member(@Nullable Batch batch, long until) {
            this.batch = batch;
            this.until = until;
        }

        /** Tells whether it goes at once, without a batch. */
        boolean isAlone() {
            return this == ALONE;
        }

        /** Tells whether it was not taken in, and goes for itself. */
        boolean isApart() {
            return this == APART;
        }

        /** Tells whether it is the one that asks for its batch. */
        boolean isFirst() {
            return first;
        }

        /** Tells whether its batch is full with it, and goes without waiting any longer. */
        boolean isLast() {
            return last;
        }

        Batch batch() {
            if (batch == null) {
                throw new IllegalStateException("A request that goes alone has no batch");
            }
            return batch;
        }

        long until() {
            return until;
        }

        /** Tells whether its time was up before it was asked about. */
        boolean isLeftOut() {
            return leftOut;
        }

        /** Returns its place among those that were asked about. */
        int number() {
            return number;
        }
    }

    /** Requests that go together; but for what futures hand over, all is guarded by the line. */
    static final class Batch {
        private final List<Member> members = new ArrayList<>();
        private final CompletableFuture<Question> question = new CompletableFuture<>();
        private final CompletableFuture<IntFunction<Counted>> answers = new CompletableFuture<>();
        private boolean departed;
        private int size;
        private long until;

        private Member add(long end) {
            Member member = new Member(this, end);
            member.first = members.isEmpty();
            members.add(member);
            member.last = members.size() == LARGEST;
            return member;
        }

        private void depart(long now) {
            departed = true;
            for (Member member : members) {
                member.leftOut |= member.until - now <= 0;
                if (!member.leftOut) {
                    until = size == 0 || member.until - until < 0 ? member.until : until;
                    member.number = size;
                    size++;
                }
            }
        }

        /** Takes the question about it, which has been begun. */
        void begun(Question begun) {
            question.complete(begun);
        }

        CompletableFuture<Question> question() {
            return question;
        }

        /** Returns how many requests are asked for, once it has departed. */
        int size() {
            return size;
        }

        /** Returns the earliest end of them. */
        long until() {
            return until;
        }

        CompletableFuture<IntFunction<Counted>> answers() {
            return answers;
        }

        /** Tells those who wait what became of each; null if that is not known. */
        void tell(@Nullable IntFunction<Counted> told) {
            if (told == null) {
                answers.completeExceptionally(Failures.abandoned());
            } else {
                answers.complete(told);
            }
        }
    }
}
