package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Duties;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;

/** Weighs the entries of one peer on the heap, in a JVM of its own. */
public final class HeapProbe {
    private static final int COLLECTIONS = 4;

    private HeapProbe() {}

    /**
     * Prints the bytes that an entry takes beyond its key and its value, which are on the heap before.
     *
     * @param arguments the name of the peer, and how many entries it gets
     */
    public static void main(String[] arguments) {
        int entries = Integer.parseInt(arguments[1]);
        Driver driver = Peer.valueOf(arguments[0]).open(new Opening(Values.NUMBER, "", 2 * entries, Duties.NONE));
        String[] keys = new String[entries];
        Object[] values = new Object[entries];
        for (int i = 0; i < entries; i++) {
            keys[i] = "city:" + i;
            values[i] = Values.NUMBER.numbered(1_000 + i);
        }
        try {
            System.out.println(weighed(driver, keys, values));
        } finally {
            Reference.reachabilityFence(keys);
            Reference.reachabilityFence(values);
        }
        System.exit(0);
    }

    private static double weighed(Driver driver, String[] keys, Object[] values) {
        int entries = keys.length;
        long before = used();
        for (int i = 0; i < entries; i++) {
            driver.put(keys[i], values[i]);
        }
        long after = used();
        for (int i = 0; i < entries; i += entries / 1_000) {
            if (driver.get(keys[i]) == null) {
                throw new IllegalStateException("An entry is missing; what is weighed are not all");
            }
        }
        return (after - before) / (double) entries;
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
