package io.nearfar.fallback;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes connections in threads that end with it: a server that says nothing may keep each for a while. */
final class Closing {
    private static final long LONGEST_MILLIS = 1_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Closing() {}

    /** Has a connection closed; waits for nothing. */
    static Thread begin(Connection connection) {
        Thread thread = new Thread(
                null, () -> close(connection), "nearfar-fallback-close-" + NUMBER.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Closing.class.getClassLoader());
        thread.start();
        return thread;
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyBroken) {
            return;
        }
    }

    /** Closes connections; waits a second for all of them at most. */
    static void all(List<Connection> connections) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
        List<Thread> threads = new ArrayList<>();
        connections.forEach(each -> threads.add(begin(each)));
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
