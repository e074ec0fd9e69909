package io.nearfar.far;

import io.nearfar.resilience.Backoff;
import io.nearfar.resilience.Breaker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node knows of one server that accepts writes.
 *
 * @param address where it is, as it may be shown
 * @param breaker keeps calls away while it does not answer
 * @param clock its clock
 * @param missed counts the calls that got no answer, or were not made, since that was last told
 * @param troubles of the link, counted for all its servers
 */
record Master(String address, Breaker breaker, MasterClock clock, LongAdder missed, Troubles troubles) {
    private static final Logger LOG = LoggerFactory.getLogger(Master.class);
    private static final long FIRST_WAIT = 50_000_000L;
    private static final long LONGEST_WAIT = 1_000_000_000L;

    /** Counts an outage, and writes the one line that it begins with. */
    void tellOut(String why) {
        troubles.opened();
        LOG.warn("NF0302 {}: the far tier does not answer and is left alone for now: {}", troubles.name(address), why);
    }

    /** Writes the one line that an outage ends with. */
    void tellBack(long nanos) {
        LOG.info(
                "NF0303 {}: the far tier answers again after {} ms, in which {} calls got no answer or were not made",
                troubles.name(address),
                TimeUnit.NANOSECONDS.toMillis(nanos),
                missed.sumThenReset());
    }

    static Master at(String address, Troubles troubles) {
        Backoff backoff = new Backoff(
                FIRST_WAIT, LONGEST_WAIT, () -> ThreadLocalRandom.current().nextDouble());
        return new Master(
                address,
                new Breaker(System::nanoTime, backoff),
                new MasterClock(System::nanoTime),
                new LongAdder(),
                troubles);
    }
}
