package io.nearfar.nodes;

import io.nearfar.FarTierUnavailableException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * One node: a JVM of its own with some threads, told by lines on its standard input what to contest in, and answering on
 * its standard output with what its threads were told. Its settings are system properties, as an operator would set them.
 */
final class NodeMain {
    static final String ANSWER = "answer ";
    static final int THREADS = 8;

    private NodeMain() {}

    public static void main(String[] arguments) throws Exception {
        int node = Integer.parseInt(arguments[0]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (CacheManager manager = Caching.getCachingProvider().getCacheManager()) {
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            await(cache(manager));
            System.out.println(ANSWER + "ready");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(ANSWER + String.join(",", contest(Contest.valueOf(order), manager, node, threads)));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A busy machine may take longer to connect than a cache waits for its far tier. */
    static void await(Cache<String, Long> cache) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                cache.containsKey(Contest.KEY);
                return;
            } catch (FarTierUnavailableException e) {
                if (attempt == 60) {
                    throw e;
                }
                Thread.sleep(500);
            }
        }
    }

    private static List<String> contest(Contest contest, CacheManager manager, int node, ExecutorService threads)
            throws Exception {
        Cache<String, Long> cache = cache(manager);
        List<Future<List<String>>> parts = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int runner = node * THREADS + thread;
            parts.add(threads.submit(() -> contest.run(cache, runner)));
        }
        List<String> told = new ArrayList<>();
        for (Future<List<String>> part : parts) {
            told.addAll(part.get());
        }
        return told;
    }

    static Cache<String, Long> cache(CacheManager manager) {
        Cache<String, Long> known = manager.getCache("contest", String.class, Long.class);
        return known != null
                ? known
                : manager.createCache(
                        "contest", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
    }
}
