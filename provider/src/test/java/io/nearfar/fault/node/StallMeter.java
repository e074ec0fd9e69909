package io.nearfar.fault.node;

import io.nearfar.fault.check.History;
import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Run;
import io.nearfar.fault.history.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Notices how long a thread of this JVM waits for its turn to run, and when the JVM stands still: a garbage collection,
 * or a machine with too much to do.
 */
public final class StallMeter implements AutoCloseable {
    private static final long REST = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(20);

    private final Caller caller;
    private final List<Operation> noted = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "stall-meter");

    public StallMeter(Caller caller) {
        this.caller = caller;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            long due = System.nanoTime() + REST;
            Pace.until(due);
            long woken = System.nanoTime();
            note(Kind.TURN, Run.of(due, woken));
            if (woken - due > LATE) {
                note(Kind.STALL, Run.of(due, woken));
            }
        }
    }

    private synchronized void note(Kind kind, Run run) {
        noted.add(Operation.of(caller, kind, History.EVERYTHING, Values.NOTHING, Outcome.DONE, run));
    }

    /** Returns all that was noticed, and forgets them. */
    public synchronized List<Operation> take() {
        List<Operation> all = new ArrayList<>(noted);
        noted.clear();
        return all;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
