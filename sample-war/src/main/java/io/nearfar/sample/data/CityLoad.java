package io.nearfar.sample.data;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the cities are there, for what begins before they are: a container may start beans of its own first. */
@ApplicationScoped
public class CityLoad {
    private static final long MINUTES = 5;

    private final CountDownLatch loaded = new CountDownLatch(1);

    /** Lets all go on who wait. */
    public void end() {
        loaded.countDown();
    }

    /**
     * Returns once the cities are there.
     *
     * @throws IllegalStateException if they are not after five minutes
     */
    public void await() throws InterruptedException {
        if (!loaded.await(MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException(
                    "the cities were not loaded within " + MINUTES + " minutes; the log says why");
        }
    }
}
