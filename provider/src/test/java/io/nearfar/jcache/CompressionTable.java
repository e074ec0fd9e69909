package io.nearfar.jcache;

import io.nearfar.NearfarCache;
import io.nearfar.config.Compression;
import io.nearfar.config.Mode;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Prints the table of the page on compression: what a text takes in Redis, and how long put and get take against a cache
 * without compression. Run by hand; the methods take turns in one JVM, and medians are compared.
 */
final class CompressionTable {
    private static final int ROUNDS = 300;
    private static final int CALLS = 20;
    private static final String PREFIX = "table";

    private CompressionTable() {}

    public static void main(String[] none) {
        try (RealRedis redis = RealRedis.start()) {
            Map<Compression, Application> nodes = new EnumMap<>(Compression.class);
            for (Compression method : Compression.values()) {
                nodes.put(method, node(redis, method));
            }
            Map<Compression, NearfarCache<String, String>> caches = new EnumMap<>(Compression.class);
            nodes.forEach((method, node) -> caches.put(method, node.cache()));
            for (int length : new int[] {1_000, 4_000, 10_000, 100_000}) {
                measure(redis, caches, length);
            }
            nodes.values().forEach(Application::close);
        }
    }

    private static Application node(RealRedis redis, Compression method) {
        return Application.in(
                Mode.FAR,
                "nearfar.address",
                "redis://" + redis.host(),
                "nearfar.prefix",
                PREFIX,
                "nearfar.compression",
                method.name().toLowerCase(Locale.ROOT),
                "nearfar.compression.threshold",
                "1B");
    }

    /** Records as services answer with: names that repeat, numbers and words that do not. */
    private static String json(int length) {
        Random random = new Random(length);
        StringBuilder text = new StringBuilder("[");
        while (text.length() < length) {
            text.append(String.format(
                    Locale.ROOT,
                    "{\"id\":%d,\"name\":\"%s %s\",\"latitude\":%.5f,\"longitude\":%.5f,\"population\":%d,\"capital\":%b},",
                    random.nextInt(10_000_000),
                    word(random),
                    word(random),
                    random.nextDouble() * 180 - 90,
                    random.nextDouble() * 360 - 180,
                    random.nextInt(20_000_000),
                    random.nextBoolean()));
        }
        return text.substring(0, length);
    }

    private static String word(Random random) {
        String syllables = "bakalamonirosatavezudefigohujokipe";
        StringBuilder word = new StringBuilder();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(syllables.length() / 2) * 2;
            word.append(syllables, at, at + 2);
        }
        return word.toString();
    }

    private static void measure(RealRedis redis, Map<Compression, NearfarCache<String, String>> caches, int length) {
        String text = json(length);
        Map<Compression, List<Long>> puts = new EnumMap<>(Compression.class);
        Map<Compression, List<Long>> gets = new EnumMap<>(Compression.class);
        for (int round = 0; round < ROUNDS; round++) {
            List<Compression> order = new ArrayList<>(caches.keySet());
            Collections.shuffle(order);
            for (Compression method : order) {
                NearfarCache<String, String> cache = caches.get(method);
                puts.computeIfAbsent(method, key -> new ArrayList<>()).add(time(() -> cache.put("k", text)));
                gets.computeIfAbsent(method, key -> new ArrayList<>()).add(time(() -> cache.get("k")));
            }
        }
        double putNone = median(puts.get(Compression.NONE));
        double getNone = median(gets.get(Compression.NONE));
        caches.forEach((method, cache) -> {
            cache.put("k", text);
            long stored = (Long) redis.call("STRLEN", new Keyspace(PREFIX).entryKey("cities", "k"));
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %s | %d | %.2f | %.2f (%.0f µs) | %.2f (%.0f µs) |%n",
                    length,
                    method,
                    stored,
                    (double) stored / (length + 43),
                    median(puts.get(method)) / putNone,
                    median(puts.get(method)) / 1e3,
                    median(gets.get(method)) / getNone,
                    median(gets.get(method)) / 1e3);
        });
    }

    private static long time(Runnable call) {
        long before = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return (System.nanoTime() - before) / CALLS;
    }

    private static double median(List<Long> times) {
        long[] sorted = times.stream()
                .mapToLong(Long::longValue)
                .skip(times.size() / 5)
                .sorted()
                .toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(0);
    }
}
