package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.NearfarCaches;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.cache.Cache;

/** A node that adds one to a number that all nodes share, by so many threads at once, as often as it is asked to. */
public final class ContendedProbe {
    static final String PREFIX = "benchmark-contended";
    static final String CACHE = "contended";
    private static final String KEY = "number";

    private final Cache<String, Long> cache;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "adding");
        thread.setDaemon(true);
        return thread;
    });

    ContendedProbe(Cache<String, Long> cache) {
        this.cache = cache;
    }

    /**
     * Says that it is ready; then adds for each line, which is a number of threads and one of calls of each, and says so.
     *
     * @param arguments the server's address
     */
    public static void main(String[] arguments) throws IOException {
        ContendedProbe probe =
                new ContendedProbe(NearfarCaches.open(arguments[0], PREFIX).cache(CACHE));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(OtherJvm.READY);
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] numbers = line.split(" ");
            probe.add(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
            System.out.println(line);
        }
        System.exit(0);
    }

    /** Adds, so often by each of so many threads. */
    void add(int by, int calls) {
        List<CompletableFuture<Void>> adding = new ArrayList<>();
        for (int i = 0; i < by; i++) {
            adding.add(CompletableFuture.runAsync(() -> add(calls), threads));
        }
        adding.forEach(CompletableFuture::join);
    }

    private void add(int calls) {
        for (int i = 0; i < calls; i++) {
            cache.invoke(KEY, (entry, none) -> {
                entry.setValue((entry.exists() ? entry.getValue() : 0) + 1);
                return null;
            });
        }
    }

    /** Returns the number. */
    long sum() {
        Long sum = cache.get(KEY);
        return sum == null ? 0 : sum;
    }
}
