package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Keys;
import io.nearfar.benchmarks.peer.Operation;

/** Calls one operation of a driver, with the next key each time. */
final class Call {
    private final Operation operation;
    private final Driver driver;
    private final Keys keys;
    private long next;

    Call(Operation operation, Driver driver, Keys keys) {
        this.operation = operation;
        this.driver = driver;
        this.keys = keys;
    }

    /** Calls once, and fails if a key that is there was not found. */
    void once() {
        switch (operation) {
            case GET -> mustHold(driver.get(keys.next()) != null);
            case PUT -> driver.put(keys.next(), ++next);
            case GET_ALL -> mustHold(driver.getAll(keys.nextBatch()).size() == 100);
            case INVOKE -> mustHold(driver.increment(keys.next()) > 0);
        }
    }

    private void mustHold(boolean found) {
        if (!found) {
            throw new IllegalStateException(
                    "A " + operation.label() + " did not find what was put before; its figure would mean nothing");
        }
    }
}
