package io.nearfar.far;

import java.util.ArrayList;
import java.util.List;

/** What one beat has to say, kept back until the server's time is known. Used by one thread. */
final class AfterTime {
    private final List<Runnable> kept = new ArrayList<>();
    private boolean known;

    /** Runs {@code saying} now if the time is known, else with {@link #learned}; never if that does not come. */
    void run(Runnable saying) {
        if (known) {
            saying.run();
        } else {
            kept.add(saying);
        }
    }

    /** Runs what was kept, in the order in which it came. */
    void learned() {
        known = true;
        kept.forEach(Runnable::run);
        kept.clear();
    }
}
