package io.nearfar.tool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Makes the same call over and over for a while, and knows how long each took. */
final class Latencies {
    private final LongConsumer call;
    private final long nanos;
    private final AtomicLong number = new AtomicLong();
    private long[] sorted = {};

    /** Creates one; {@code call} is given the number of the call. */
    Latencies(LongConsumer call, long nanos) {
        this.call = call;
        this.nanos = nanos;
    }

    /** Measures with so many threads. */
    Latencies with(int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<long[]>> running = new ArrayList<>();
            long until = System.nanoTime() + nanos;
            for (int i = 0; i < threads; i++) {
                running.add(CompletableFuture.supplyAsync(() -> measure(until), executor));
            }
            sorted = running.stream()
                    .flatMapToLong(each -> LongStream.of(each.join()))
                    .sorted()
                    .toArray();
            return this;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        } finally {
            executor.shutdown();
        }
    }

    private long[] measure(long until) {
        long[] taken = new long[1 << 10];
        int count = 0;
        for (long begun = System.nanoTime(); count == 0 || begun < until; begun = System.nanoTime()) {
            call.accept(number.getAndIncrement());
            taken = count == taken.length ? Arrays.copyOf(taken, 2 * count) : taken;
            taken[count++] = System.nanoTime() - begun;
        }
        return Arrays.copyOf(taken, count);
    }

    long perSecond() {
        return Math.round(sorted.length * (double) TimeUnit.SECONDS.toNanos(1) / nanos);
    }

    /** Returns the time, in microseconds, that such a share of the calls did not exceed. */
    long micros(double share) {
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return TimeUnit.NANOSECONDS.toMicros(sorted[Math.max(0, at)]);
    }
}
