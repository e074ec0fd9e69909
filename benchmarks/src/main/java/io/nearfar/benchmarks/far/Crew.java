package io.nearfar.benchmarks.far;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads that call, the same for all peers. One thread calls by itself, without a hand-over. */
final class Crew implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "calling");
        thread.setDaemon(true);
        return thread;
    });

    /** What a block of calls took. */
    static final class Block {
        /** Of each call, sorted. */
        private final long[] nanos;
        /** From the first call's begin to the last one's end. */
        private final long elapsed;

        private Block(long[] nanos, long elapsed) {
            this.nanos = nanos;
            this.elapsed = elapsed;
        }

        /** Returns within how many microseconds that share of the calls was answered. */
        double micros(double share) {
            return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1_000.0;
        }

        /** Returns the microseconds of the block that each call had, all threads together. */
        double microsOfEach() {
            return elapsed / 1_000.0 / nanos.length;
        }
    }

    /** Has each thread call its own so often, all at once. */
    Block block(List<Call> calls, int times) {
        long start = System.nanoTime();
        if (calls.size() == 1) {
            long[] nanos = timed(calls.get(0), times);
            return sorted(List.of(nanos), System.nanoTime() - start);
        }
        CountDownLatch ready = new CountDownLatch(calls.size());
        CountDownLatch go = new CountDownLatch(1);
        List<Future<long[]>> running = new ArrayList<>();
        for (Call call : calls) {
            Callable<long[]> work = () -> {
                ready.countDown();
                go.await();
                return timed(call, times);
            };
            running.add(threads.submit(work));
        }
        await(ready);
        long released = System.nanoTime();
        go.countDown();
        List<long[]> all = running.stream().map(Crew::result).toList();
        return sorted(all, System.nanoTime() - released);
    }

    private static long[] timed(Call call, int times) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            call.once();
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private static Block sorted(List<long[]> each, long elapsed) {
        long[] all = each.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Block(all, elapsed);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("The run was interrupted while it measured", e);
        }
    }

    private static <T> T result(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("The run was interrupted while it measured", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
