package io.nearfar.benchmarks.report;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What all Java threads of this JVM that live have come to. A thread that has ended takes what it cost with it, so whoever
 * compares two looks keeps his threads until the second. Compilers and collectors are no Java threads.
 *
 * @param nanos their CPU time
 * @param bytes what they have allocated
 */
public record Costs(long nanos, long bytes) {
    /** Returns no costs. */
    public static Costs none() {
        return new Costs(0, 0);
    }

    /**
     * Looks now.
     *
     * @throws IllegalStateException if this JVM does not tell
     */
    public static Costs now() {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
            throw new IllegalStateException("This JVM does not tell what its threads allocate; measure with OpenJDK");
        }
        long[] all = threads.getAllThreadIds();
        return new Costs(sum(threads.getThreadCpuTime(all)), sum(threads.getThreadAllocatedBytes(all)));
    }

    /** A thread that has ended meanwhile is -1. */
    private static long sum(long[] each) {
        long sum = 0;
        for (long one : each) {
            sum += Math.max(0, one);
        }
        return sum;
    }

    /** Returns what came since an earlier look, nothing less. */
    public Costs since(Costs earlier) {
        return new Costs(Math.max(0, nanos - earlier.nanos), Math.max(0, bytes - earlier.bytes));
    }
}
