package io.nearfar.testkit.fault;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Delivers what goes over the connections of a node when it is due, in one thread; what goes one way on one keeps its order. */
final class Courier implements AutoCloseable {
    private final Rules rules;
    private final long origin = System.nanoTime();
    private final PriorityQueue<Parcel> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Parcel::due).thenComparingLong(Parcel::number));
    private long accepted;
    private boolean closed;

    /** Something on its way: when it arrives, in nanoseconds, the how manieth it is, and what its arrival is. */
    private record Parcel(long due, long number, Runnable arrival) {}

    /** One way of one connection: nothing on it overtakes. */
    static final class Lane {
        private long latest;
    }

    Courier(Rules rules) {
        this.rules = rules;
        Threads.start(this::deliver);
    }

    /** Accepts something that takes so many nanoseconds to arrive. */
    synchronized void send(Lane lane, long delay, Runnable arrival) {
        lane.latest = Math.max(lane.latest, now() + delay);
        waiting.add(new Parcel(lane.latest, accepted++, arrival));
        notifyAll();
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private void deliver() {
        for (Parcel parcel = next(); parcel != null; parcel = next()) {
            parcel.arrival.run();
        }
    }

    /** Waits for the next thing that is due, and returns it; null when closed. */
    private synchronized @Nullable Parcel next() {
        try {
            while (!closed) {
                Parcel first = waiting.peek();
                if (first == null || rules.freezes()) {
                    wait();
                } else if (first.due <= now()) {
                    return waiting.remove();
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, first.due - now());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /** Looks at the rules again, which have changed. */
    synchronized void lookAgain() {
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
