package io.nearfar.far;

import io.nearfar.resilience.Backoff;
import io.nearfar.resilience.Breaker;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What this node knows of one server that accepts writes.
 *
 * @param address where it is, as it may be shown
 * @param breaker keeps calls away while it does not answer
 * @param clock its clock
 */
record Master(String address, Breaker breaker, MasterClock clock) {
    private static final long FIRST_WAIT = 50_000_000L;
    private static final long LONGEST_WAIT = 1_000_000_000L;

    static Master at(String address) {
        Backoff backoff = new Backoff(
                FIRST_WAIT, LONGEST_WAIT, () -> ThreadLocalRandom.current().nextDouble());
        return new Master(address, new Breaker(System::nanoTime, backoff), new MasterClock(System::nanoTime));
    }
}
