package io.nearfar.fault.scenario;

import io.nearfar.testing.RealRedis;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Something bad that is done while nodes work. It ends what it began; some time later all must be well. */
interface Fault {
    /** Returns what is done, in a few words. */
    String what();

    /** Does it, and ends it. */
    void strike(Field field, Trial trial);

    /** Returns for how many milliseconds nodes work before it. */
    default long warmUp() {
        return 600;
    }

    /** Tells whether anything is wrong while it is done. */
    default boolean isTrouble() {
        return true;
    }

    /** Ends a run in which something that should have happened did not: it would say nothing. */
    static void require(boolean happened, String what) {
        if (!happened) {
            throw new NothingHappenedException(what);
        }
    }

    /** Waits half a minute at most until a server is as it should be. */
    static void await(RealRedis server, BooleanSupplier ready) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!ready.getAsBoolean()) {
            require(System.nanoTime() < until, "a server did not become what it should: " + server.log());
            Trial.rest(10);
        }
    }
}
