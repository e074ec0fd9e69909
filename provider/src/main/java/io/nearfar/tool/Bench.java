package io.nearfar.tool;

import io.nearfar.far.VisitedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** How fast the server answers from here: reads and writes of a cache of its own, which it destroys afterwards. */
final class Bench {
    /** No application calls a cache so. */
    static final String CACHE = "nearfar bench";

    private static final int KEYS = 1_000;
    private static final long LIFE_MILLIS = TimeUnit.MINUTES.toMillis(5);
    private static final long MILLIS = 2_000;
    private static final List<Integer> THREADS = List.of(1, 16);
    private static final String VALUE = "v".repeat(1_000);

    private Bench() {}

    static Report run(Request request, Console console) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(request.millis(Option.FOR, MILLIS));
        return Visits.with(request, visit -> {
            VisitedCache cache = visit.far().cache(visit.settings().cache(CACHE, false));
            try {
                return new Report()
                        .with("prefix", visit.prefix())
                        .withBytes("value", VALUE.length())
                        .withRows("calls", rows(cache, nanos, console));
            } finally {
                cache.destroy();
            }
        });
    }

    private static List<Report> rows(VisitedCache cache, long nanos, Console console) {
        List<Report> rows = new ArrayList<>();
        LongConsumer write = number -> cache.write(key(number), VALUE, LIFE_MILLIS);
        LongConsumer read = number -> cache.read(key(number));
        for (int threads : THREADS) {
            console.progress("measuring with " + threads + " threads");
            rows.add(row("write", threads, new Latencies(write, nanos).with(threads)));
            rows.add(row("read", threads, new Latencies(read, nanos).with(threads)));
        }
        return rows;
    }

    private static String key(long number) {
        return "k" + number % KEYS;
    }

    private static Report row(String call, int threads, Latencies measured) {
        return new Report()
                .with("call", call)
                .withNumber("threads", threads)
                .with("perSecond", measured.perSecond())
                .withNumber("medianMicros", measured.micros(0.5))
                .withNumber("p99Micros", measured.micros(0.99))
                .withNumber("mostMicros", measured.micros(1));
    }
}
