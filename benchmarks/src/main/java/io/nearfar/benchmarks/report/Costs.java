package io.nearfar.benchmarks.report;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What the Java threads of this JVM come to. Compilers and collectors are no Java threads.
 *
 * @param nanos their CPU time
 * @param bytes what they have allocated
 */
public record Costs(long nanos, long bytes) {
    /**
     * Returns a look at what each thread that lives has come to by now.
     *
     * @throws IllegalStateException if this JVM does not tell
     */
    public static Look now() {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
            throw new IllegalStateException("This JVM does not tell what its threads allocate; measure with OpenJDK");
        }
        long[] all = threads.getAllThreadIds();
        return new Look(all, threads.getThreadCpuTime(all), threads.getThreadAllocatedBytes(all));
    }

    /**
     * What each thread had come to when somebody looked. Threads are compared one by one: one that ends between two looks
     * takes what it cost with it, and must not take from the others what it had cost before.
     */
    public static final class Look {
        private final long[] threads;
        private final long[] nanos;
        private final long[] bytes;

        Look(long[] threads, long[] nanos, long[] bytes) {
            this.threads = threads;
            this.nanos = nanos;
            this.bytes = bytes;
        }

        /**
         * Returns what has come since by the threads that live now.
         *
         * @throws IllegalStateException if this JVM does not tell
         */
        public Costs costs() {
            return now().since(this);
        }

        Costs since(Look earlier) {
            Map<Long, Integer> places = new HashMap<>();
            for (int i = 0; i < earlier.threads.length; i++) {
                places.put(earlier.threads[i], i);
            }
            long moreNanos = 0;
            long moreBytes = 0;
            for (int i = 0; i < threads.length; i++) {
                Integer place = places.get(threads[i]);
                moreNanos += more(nanos[i], place == null ? 0 : earlier.nanos[place]);
                moreBytes += more(bytes[i], place == null ? 0 : earlier.bytes[place]);
            }
            return new Costs(moreNanos, moreBytes);
        }

        /** A thread that ended while its figure was asked for has -1. */
        private static long more(long now, long before) {
            return Math.max(0, now - Math.max(0, before));
        }
    }
}
