package io.nearfar.cdi.status;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarConfiguration;
import io.nearfar.NearfarManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value of its own through the tiers, reads it back, compares and removes it. It has caches of its own for that, which it
 * closes afterwards, and which fail closed: an outage must be seen. What cannot be removed ends by itself. One probe of an
 * application runs at a time. Safe for use by several threads.
 */
public final class Probe {
    private static final String CACHE = "nearfar-probe";
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);
    private static final String NEAR = "near";
    private static final String FAR = "far";

    private final ReentrantLock turn = new ReentrantLock();
    private final String key = UUID.randomUUID().toString().replace("-", "");

    /** Creates one that meets no other. */
    public Probe() {}

    /** Tells whether a cache of that name is a probe's. */
    static boolean isOfProbe(String cache) {
        return cache.equals(CACHE + "-" + NEAR) || cache.equals(CACHE + "-" + FAR);
    }

    /**
     * Probes the tiers that the manager has. Takes some deadlines of the far tier at most, five seconds more where the link is
     * opened by it.
     *
     * @return what came of it, as maps, lists, texts, numbers and flags
     * @throws IllegalStateException if the manager is closed
     */
    public Map<String, @Nullable Object> run(NearfarManager manager) {
        if (!turn.tryLock()) {
            return report("busy", "Another probe is under way; ask again.", List.of());
        }
        try {
            return probed(manager);
        } finally {
            turn.unlock();
        }
    }

    private Map<String, @Nullable Object> probed(NearfarManager manager) {
        String mode = manager.health().mode();
        List<Trial> trials = new ArrayList<>();
        if (!mode.equals(NEAR)) {
            trials.add(tried(manager, FAR, FAR));
        }
        if (!mode.equals(FAR)) {
            trials.add(tried(manager, NEAR, mode));
        }
        boolean works = trials.stream().allMatch(Trial::works);
        return report(
                works ? "ok" : "failed",
                works ? "What was written was read and removed." : "Not every step worked.",
                trials);
    }

    /** A near tier over a far one answers what it was just told: so this is a probe of the near one. */
    private Trial tried(NearfarManager manager, String tier, String mode) {
        Trial trial = new Trial(tier);
        String name = CACHE + "-" + tier;
        trial.step("open", () -> {
            manager.createCache(name, configuration(mode));
            return true;
        });
        try {
            if (trial.works()) {
                run(trial, cache(manager, name));
            }
        } finally {
            close(manager, name);
        }
        return trial;
    }

    private static NearfarConfiguration<String, String> configuration(String mode) {
        return new NearfarConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setMode(mode)
                .setTimeToLive(TIME_TO_LIVE)
                .setKeysStrict("false")
                .setOutage("closed");
    }

    private static NearfarCache<String, String> cache(NearfarManager manager, String name) {
        @SuppressWarnings("unchecked") // it was created with these types a moment ago
        NearfarCache<String, String> cache =
                manager.getCache(name, String.class, String.class).unwrap(NearfarCache.class);
        return cache;
    }

    private void run(Trial trial, NearfarCache<String, String> cache) {
        String value = UUID.randomUUID().toString();
        trial.step("set", () -> {
            cache.put(key, value);
            return true;
        });
        trial.step("get", () -> trial.found(cache.get(key), value));
        trial.step("remove", () -> cache.remove(key));
        trial.step("get_removed", () -> cache.get(key) == null);
    }

    private static void close(NearfarManager manager, String name) {
        try {
            var cache = manager.getCache(name);
            if (cache != null) {
                cache.close();
            }
        } catch (IllegalStateException | CacheException closedMeanwhile) {
            // then its cache is closed too
        }
    }

    private static Map<String, @Nullable Object> report(String status, String message, List<Trial> trials) {
        boolean tried = !trials.isEmpty();
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("status", status);
        report.put("message", message);
        report.put("cache_working", tried && trials.stream().allMatch(Trial::works));
        report.put("test_value_set", tried && trials.stream().allMatch(trial -> trial.did("set")));
        report.put("test_value_retrieved", tried && trials.stream().allMatch(Trial::isFound));
        report.put("values_match", tried && trials.stream().allMatch(Trial::isSame));
        report.put(
                "steps",
                trials.stream().flatMap(trial -> trial.steps().stream()).toList());
        return report;
    }
}
