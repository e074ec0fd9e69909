package io.nearfar.sample.launch;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something outside this process. */
public final class Waiting {
    private static final long PAUSE = 100;

    private Waiting() {}

    /** Whether {@code done} became true within {@code limit}; gives up early once {@code hopeful} is false. */
    public static boolean until(Duration limit, BooleanSupplier hopeful, BooleanSupplier done)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end && hopeful.getAsBoolean()) {
            if (done.getAsBoolean()) {
                return true;
            }
            Thread.sleep(PAUSE);
        }
        return false;
    }
}
