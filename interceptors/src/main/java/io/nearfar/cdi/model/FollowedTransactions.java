package io.nearfar.cdi.model;

import io.nearfar.NamedInvalidation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The followed transactions that threads have begun. A change counts for all that its thread has under way: which of them it belongs to
 * nobody tells, and to fire once too often does no harm. Safe for use by several threads.
 */
final class FollowedTransactions {
    private final ThreadLocal<List<FollowedTransaction>> underWay = new ThreadLocal<>();
    private final Consumer<Collection<NamedInvalidation>> firing;

    FollowedTransactions(Consumer<Collection<NamedInvalidation>> firing) {
        this.firing = firing;
    }

    /** Has what a change fires fired when those of the calling thread have been committed; returns false if it has none. */
    boolean add(Change change) {
        dropOver();
        List<FollowedTransaction> ofThread = underWay.get();
        if (ofThread == null) {
            return false;
        }
        ofThread.forEach(each -> each.changes().add(change));
        return true;
    }

    /** Notes that the calling thread has begun one. */
    void began(FollowedTransaction transaction) {
        List<FollowedTransaction> ofThread = underWay.get();
        if (ofThread == null) {
            ofThread = new ArrayList<>();
            underWay.set(ofThread);
        }
        ofThread.remove(transaction);
        ofThread.add(transaction);
    }

    /** Notes that one has ended, and fires what changed in it unless that was rolled back. */
    void ended(FollowedTransaction transaction, boolean isCommitted) {
        forget(transaction);
        List<NamedInvalidation> fired = transaction.changes().take();
        if (isCommitted) {
            firing.accept(fired);
        }
    }

    /** Forgets those of the calling thread that are over. How one has ended that nobody told us of is not known: it is fired. */
    void dropOver() {
        List<FollowedTransaction> ofThread = underWay.get();
        if (ofThread != null) {
            for (FollowedTransaction each : List.copyOf(ofThread)) {
                if (each.isOver()) {
                    forget(each);
                    firing.accept(each.changes().take());
                }
            }
        }
    }

    private void forget(FollowedTransaction transaction) {
        List<FollowedTransaction> ofThread = underWay.get();
        if (ofThread != null) {
            ofThread.remove(transaction);
            if (ofThread.isEmpty()) {
                underWay.remove();
            }
        }
    }
}
