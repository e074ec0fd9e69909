package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Keys;
import io.nearfar.benchmarks.peer.Operation;

/** Calls one operation of a driver, with the next key each time or always with the same. For one thread. */
final class Call {
    private static final String HOT = "city:hot";

    private final Operation operation;
    private final Driver driver;
    private final Keys keys;
    private final boolean hot;
    private long next;

    Call(FarCase measured, Driver driver, Keys keys) {
        this.operation = measured.operation();
        this.hot = measured.ofOneKey();
        this.driver = driver;
        this.keys = keys;
    }

    /** Calls once, and fails if a key that is there was not found. */
    void once() {
        switch (operation) {
            case GET -> mustHold(driver.get(key()) != null);
            case PUT -> driver.put(key(), ++next);
            case GET_ALL -> mustHold(driver.getAll(keys.nextBatch()).size() == Keys.BATCH);
            case PUT_ALL -> driver.putAll(keys.nextNumbers(++next));
            case INVOKE -> mustHold(driver.increment(key()) > 0);
        }
    }

    private String key() {
        return hot ? HOT : keys.next();
    }

    private void mustHold(boolean found) {
        if (!found) {
            throw new IllegalStateException(
                    "A " + operation.label() + " did not find what was put before; its figure would mean nothing");
        }
    }
}
