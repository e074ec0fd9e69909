package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.NearfarCaches;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.cache.Cache;

/** A node in a JVM of its own that holds one entry near, and notes when another node's write takes it away. */
public final class ReachProbe {
    /** The cache and the key that are written. */
    static final String CACHE = "reach";

    static final String KEY = "told";
    static final String PREFIX = "benchmark-reach";

    /** How soon it holds the entry again; much less than what lies between two writes. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private ReachProbe() {}

    /**
     * Says that it is ready, and when its input ends the instants on the clock of the machine, divided by blanks.
     *
     * @param arguments the server's address
     */
    public static void main(String[] arguments) throws IOException {
        Queue<Long> instants = new ConcurrentLinkedQueue<>();
        NearfarCaches node = NearfarCaches.open(arguments[0], PREFIX);
        Cache<String, Long> cache = node.cache(CACHE);
        NearfarCaches.onInvalidation(cache, () -> instants.add(System.nanoTime()));
        cache.get(KEY);
        Thread holding = new Thread(() -> hold(cache), "holding");
        holding.setDaemon(true);
        holding.start();
        System.out.println(OtherJvm.READY);
        while (System.in.read() >= 0) {
            // Only its end says something
        }
        System.out.println(instants.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        System.exit(0);
    }

    private static void hold(Cache<String, Long> cache) {
        while (true) {
            cache.get(KEY);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
