package io.nearfar.benchmarks.plan;

import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.NearfarManager;
import io.nearfar.benchmarks.peer.NearfarCaches;
import io.nearfar.benchmarks.peer.Zipf;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;

/** A node in a JVM of its own that reads and writes so often, one thread, until its input ends. */
public final class PlanProbe {
    static final String CACHE = "plan";
    static final String PREFIX = "benchmark-plan";
    static final String READY = "ready";

    private static final int CHOSEN = 100_000;
    private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Cache<String, Long> cache;
    private final double reads;
    private final double writes;
    private final int keys;
    private final int[] wanted;
    private final Random random;
    private volatile boolean ended;
    private long done;
    private long late;

    private PlanProbe(Cache<String, Long> cache, double reads, double writes, int keys, long seed) {
        this.cache = cache;
        this.reads = reads;
        this.writes = writes;
        this.keys = keys;
        this.wanted = new Zipf(keys).numbers(CHOSEN, seed);
        this.random = new Random(seed);
    }

    /** Returns the text of a key. */
    static String key(int number) {
        return "key-" + (1_000_000 + number);
    }

    /**
     * Reads all keys, says that it is ready, works, and says for each line of its input how many messages it has received, how many calls
     * it has made, and how many of them came late.
     *
     * @param arguments the server's address, reads and writes a second, keys, seed
     */
    public static void main(String[] arguments) throws IOException {
        NearfarCaches node = NearfarCaches.open(arguments[0], PREFIX);
        Cache<String, Long> cache = node.cache(CACHE);
        int keys = Integer.parseInt(arguments[3]);
        for (int key = 0; key < keys; key++) {
            cache.get(key(key));
        }
        PlanProbe probe = new PlanProbe(
                cache,
                Double.parseDouble(arguments[1]),
                Double.parseDouble(arguments[2]),
                keys,
                Long.parseLong(arguments[4]));
        System.out.println(READY);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        input.readLine();
        Thread worker = new Thread(probe::work, "work");
        worker.setDaemon(true);
        worker.start();
        while (input.readLine() != null) {
            System.out.println(received(cache) + " " + probe.done + " " + probe.late);
        }
        probe.ended = true;
        System.exit(0);
    }

    private static long received(Cache<String, Long> cache) {
        return Math.round(cache.getCacheManager().unwrap(NearfarManager.class).meters().stream()
                .filter(meter -> meter.metric() == Metric.MESSAGES_RECEIVED)
                .mapToDouble(Meter::value)
                .sum());
    }

    /** Calls come by chance, as those of many users do, and none is left out where one before takes long. */
    private void work() {
        long next = System.nanoTime();
        double rate = reads + writes;
        int turn = 0;
        while (!ended) {
            next += (long) (-Math.log(1 - random.nextDouble()) / rate * SECOND_NANOS);
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else if (wait < -LATE_NANOS) {
                late++;
            }
            if (random.nextDouble() * rate < writes) {
                cache.put(key(random.nextInt(keys)), done);
            } else {
                turn = (turn + 1) % CHOSEN;
                cache.get(key(wanted[turn]));
            }
            done++;
        }
    }
}
