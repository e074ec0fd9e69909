package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Duties;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.peer.ServerFigures.Work;
import io.nearfar.benchmarks.peer.Values;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Weighs the entries of one peer on the heap, in a JVM of its own. */
public final class HeapProbe {
    private static final int COLLECTIONS = 4;
    private static final int CHUNK = 1_000;
    private static final int SAMPLE = 1_000;

    /** So many may be missing, less than a hundredth of what is weighed. */
    private static final int STRAY = SAMPLE / 200;

    private static final int ATTEMPTS = 9;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final List<String> READS = List.of("get", "mget");

    private HeapProbe() {}

    /**
     * Prints the bytes that an entry takes beyond its key and its value, which are on the heap before.
     *
     * @param arguments the name of the peer, how many entries it gets, a multiple of a thousand, and the server's address
     */
    public static void main(String[] arguments) {
        int entries = Integer.parseInt(arguments[1]);
        String address = arguments[2];
        Driver driver = Peer.valueOf(arguments[0]).open(new Opening(Values.NUMBER, address, 2 * entries, Duties.NONE));
        String[] keys = new String[entries];
        Object[] values = new Object[entries];
        for (int i = 0; i < entries; i++) {
            keys[i] = "city:" + i;
            values[i] = Values.NUMBER.numbered(1_000 + i);
        }
        try {
            System.out.println(weighed(driver, keys, values, address));
        } finally {
            Reference.reachabilityFence(keys);
            Reference.reachabilityFence(values);
        }
        System.exit(0);
    }

    private static double weighed(Driver driver, String[] keys, Object[] values, String address) {
        int entries = keys.length;
        long before = used();
        for (int first = 0; first < entries; first += CHUNK) {
            Map<String, Object> chunk = new HashMap<>();
            for (int i = first; i < first + CHUNK; i++) {
                chunk.put(keys[i], values[i]);
            }
            driver.putAll(chunk);
        }
        getEach(driver, keys, 0, 1); // what was under way while a beat came is kept by a read
        long after = used();
        mustHoldAll(driver, keys, address);
        return (after - before) / (double) entries;
    }

    /**
     * What is missing here must not be had from the server. After collections of garbage the near lease may be over, and reads
     * go far until a beat has come; so others are asked about then, for what was read from afar lies near.
     */
    private static void mustHoldAll(Driver driver, String[] keys, String address) {
        try (ServerFigures figures = ServerFigures.of(address)) {
            for (int from = 0; readsFar(driver, keys, from, figures) > STRAY; from++) {
                if (from == ATTEMPTS) {
                    throw new IllegalStateException("Entries are missing near; what is weighed are not all");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static long readsFar(Driver driver, String[] keys, int from, ServerFigures figures) {
        Work before = figures.work(READS);
        getEach(driver, keys, from, keys.length / SAMPLE);
        return figures.work(READS).since(before).calls();
    }

    private static void getEach(Driver driver, String[] keys, int from, int step) {
        for (int i = from; i < keys.length; i += step) {
            if (driver.get(keys[i]) == null) {
                throw new IllegalStateException("An entry is missing; what is weighed are not all");
            }
        }
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
