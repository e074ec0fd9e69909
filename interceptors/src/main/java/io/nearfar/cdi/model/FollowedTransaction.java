package io.nearfar.cdi.model;

import jakarta.persistence.EntityTransaction;

/** A transaction of an entity manager that tells of its end. Used by one thread at a time, as entity managers are; others may look at it. */
final class FollowedTransaction implements EntityTransaction {
    private final EntityTransaction transaction;
    private final FollowedTransactions all;
    private final Changes changes = new Changes();
    private volatile boolean ending;

    FollowedTransaction(EntityTransaction transaction, FollowedTransactions all) {
        this.transaction = transaction;
        this.all = all;
    }

    /** Returns what has changed in it. */
    Changes changes() {
        return changes;
    }

    /** Tells whether it is no longer under way, whoever has ended it, and in whatever thread. */
    boolean isOver() {
        return !ending && !transaction.isActive();
    }

    @Override
    public void begin() {
        all.dropOver(); // maybe an earlier run of this one
        transaction.begin();
        all.began(this);
    }

    @Override
    public void commit() {
        boolean isDoomed = transaction.isActive() && transaction.getRollbackOnly();
        ending = true;
        try {
            transaction.commit();
        } finally {
            ending = false;
            all.ended(this, !isDoomed);
        }
    }

    @Override
    public void rollback() {
        ending = true;
        try {
            transaction.rollback();
        } finally {
            ending = false;
            all.ended(this, false);
        }
    }

    @Override
    public void setRollbackOnly() {
        transaction.setRollbackOnly();
    }

    @Override
    public boolean getRollbackOnly() {
        return transaction.getRollbackOnly();
    }

    @Override
    public boolean isActive() {
        return transaction.isActive();
    }
}
