package io.nearfar.invalidation;

import io.nearfar.entry.Version;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/*
 * How a lost message is noticed
 * =============================
 * Messages. Each names the write before its own. If that is not the one seen last, something was lost; if it is missing,
 * or the new stamp is not above the last one, the far tier went back (a flush, a restart, a failover that lost writes).
 * Either way everything read so far goes, and the message is the new place in the stream.
 *
 * Beats. A message that nobody follows shows no gap, so the chain itself is asked for at short intervals. The answer says
 * where the stream must have come to; it is never compared at once, for messages travel by another connection and may be
 * late. When the stream has come there, all that was acknowledged before the beat was sent has been applied: that instant
 * is the new "verified". If it has not come there two beats later, something was lost.
 *
 * The beginning. After a subscription, and after a loss that a beat noticed, no message tells the place in the stream.
 * Then the beat's answer does: what is read from now on was read after it, and whatever was written after it has a
 * message on the way. Messages of before may still arrive; they are applied and move nothing.
 *
 * Answers are compared with the place at which the stream was when the question was sent, since it may have gone on, and
 * with what was kept near then, since a read can bring what no message has told of yet and the far tier then loses.
 */

/** What this node has seen of one partition's messages, and what follows from it. Safe for use by several threads. */
public final class PartitionStream {
    /** A stream that has not come to where it should be after so many further beats has lost something. */
    private static final int PATIENCE = 2;

    /** So many losses that beats have noticed, and no message in between, are no chance any more. */
    private static final int LOSSES_OF_THE_DEAF = 3;

    private static final long MISSING = 0;

    private final int partition;
    private final StreamListener listener;
    private final ArrayDeque<Goal> goals = new ArrayDeque<>(PATIENCE + 1);
    private @Nullable Version seen;
    private boolean fromBeat;
    private boolean asked;
    private long sentAt;
    private @Nullable Version seenWhenAsked;
    private long keptWhenAsked = Long.MIN_VALUE;
    private int lossesInSilence;

    /** Where a beat saw the chain, and when that beat was sent. */
    private record Goal(Version chain, long sentAt) {}

    /** Begins without a place in the stream. */
    public PartitionStream(int partition, StreamListener listener) {
        this.partition = partition;
        this.listener = listener;
    }

    /** Takes in a message, in the order of its coming. */
    public synchronized void received(Invalidation message) {
        lossesInSilence = 0;
        Version last = seen;
        if (last == null || isFromBefore(message, last)) {
            listener.apply(message);
            return;
        }
        if (!message.previous().equals(last) || !message.version().isAfter(last)) {
            listener.gap(partition);
            lose();
        }
        listener.apply(message);
        moveTo(message.version(), false); // not before it was applied: "verified" would speak of it
        reachGoals(message.version());
    }

    /** A message of a write that the place in the stream includes already. */
    private boolean isFromBefore(Invalidation message, Version last) {
        return message.version().equals(last)
                || (fromBeat
                        && !message.version().isAfter(last)
                        && message.previous().stamp() != MISSING);
    }

    private void moveTo(Version version, boolean byBeat) {
        seen = version;
        fromBeat = byBeat;
        listener.reached(partition, version.stamp());
    }

    private void reachGoals(Version version) {
        Goal reached = null;
        while (!goals.isEmpty() && goals.element().chain().stamp() <= version.stamp()) {
            reached = goals.remove();
        }
        if (reached != null) {
            listener.verified(partition, reached.sentAt());
        }
    }

    /** The place in the stream is not known any more: a new subscription, or a message that cannot be understood. */
    public synchronized void forget() {
        lose();
        seen = null;
        listener.reached(partition, Long.MIN_VALUE);
    }

    private void lose() {
        goals.clear();
        asked = false;
        listener.lost(partition);
    }

    /**
     * The chain is about to be asked for.
     *
     * @param kept the highest stamp of what is served near; the chain of a far tier that has kept it is not below
     */
    public synchronized void asking(long atNanos, long kept) {
        asked = true;
        keptWhenAsked = kept;
        sentAt = atNanos;
        seenWhenAsked = seen;
    }

    /**
     * The chain was asked for at that instant, and this is the answer. An answer to an earlier question is ignored.
     *
     * @param straddling the highest stamp that was brought near since then by a read sent before: if the chain is below, it
     *     may have been lost in between, or written after the chain was read. The next beat tells
     */
    public synchronized void answered(long atNanos, @Nullable Version chain, long straddling) {
        if (!asked || atNanos != sentAt || (chain != null && chain.stamp() < straddling)) {
            return;
        }
        Version before = seenWhenAsked;
        if (chain == null) {
            missing(before);
        } else if (before == null || chain.stamp() < keptWhenAsked) {
            begin(chain);
        } else if (chain.equals(before)) {
            listener.verified(partition, sentAt);
        } else if (chain.isAfter(before)) {
            ahead(chain);
        } else {
            begin(chain);
        }
    }

    /** The far tier knows of no write. The question stays open: its answer comes when there is a chain. */
    private void missing(@Nullable Version before) {
        if (before != null) {
            forget();
            asked = true;
            seenWhenAsked = null;
        }
    }

    private void begin(Version chain) {
        lose();
        moveTo(chain, true);
        listener.verified(partition, sentAt);
    }

    private void ahead(Version chain) {
        if (seen != null && !chain.isAfter(seen)) {
            listener.verified(partition, sentAt);
        } else if (goals.size() == PATIENCE) {
            begin(chain);
            loseInSilence();
        } else {
            goals.add(new Goal(chain, sentAt));
        }
    }

    private void loseInSilence() {
        listener.gap(partition);
        lossesInSilence++;
        if (lossesInSilence >= LOSSES_OF_THE_DEAF) {
            lossesInSilence = 0;
            listener.deaf(partition);
        }
    }
}
