package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Opens manager and cache of one peer several times, in a JVM of its own. */
public final class StartProbe {
    private static final int STARTS = 8;
    private static final double NANOS_OF_A_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private StartProbe() {}

    /**
     * Prints the milliseconds of each start up to the first answer, the classes loaded by the first and the threads more
     * that live with one open, all divided by blanks.
     *
     * @param arguments the name of the peer, and the server's address
     */
    public static void main(String[] arguments) {
        Peer peer = Peer.valueOf(arguments[0]);
        Opening opening = Opening.of(Values.NUMBER, arguments.length > 1 ? arguments[1] : "");
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        StringBuilder line = new StringBuilder();
        for (int start = 0; start < STARTS; start++) {
            long begun = System.nanoTime();
            Driver driver = peer.open(opening);
            driver.get("absent");
            line.append((System.nanoTime() - begun) / NANOS_OF_A_MILLI).append(' ');
            if (start == 0) {
                classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - classes;
                threads = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
            }
            driver.close();
        }
        System.out.println(line.toString() + classes + " " + threads);
        System.exit(0);
    }
}
