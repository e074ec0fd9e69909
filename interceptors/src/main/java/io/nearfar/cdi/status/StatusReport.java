package io.nearfar.cdi.status;

import io.nearfar.CacheHealth;
import io.nearfar.NearfarManager;
import io.nearfar.WarmingProgress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the caches of a manager and their far tier are, as maps, lists, texts, numbers and flags. Holds no password, and nothing of
 * what is cached.
 */
public final class StatusReport {
    private static final int MICROS = 1_000;

    private StatusReport() {}

    /**
     * Returns the report: {@code status}, {@code message} and {@code data}.
     *
     * @throws IllegalStateException if the manager is closed
     */
    public static Map<String, @Nullable Object> of(NearfarManager manager) {
        CacheHealth health = manager.health();
        Map<String, @Nullable Object> data = farTier(health);
        data.put("warnings", health.warnings().stream().map(StatusReport::row).toList());
        data.put("caches", CacheRows.of(manager));
        data.put("warmings", manager.warmings().stream().map(StatusReport::row).toList());
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("status", health.isDegraded() ? "degraded" : "ok");
        report.put("message", message(health));
        report.put("data", data);
        return report;
    }

    /** Returns one sentence that says how the far tier is. */
    static String message(CacheHealth health) {
        String sentence = switch (health.state()) {
            case NO_FAR_TIER -> "The caches are in this process alone.";
            case NOT_OPENED -> "No cache has needed the far tier yet.";
            case UP -> "The far tier answers.";
            case DEGRADED -> "Some servers of the far tier do not answer; their keys go through an outage.";
            case DOWN -> "The far tier does not answer; the caches go through an outage.";
        };
        int warnings = health.warnings().size();
        return warnings == 0 ? sentence : sentence + " There are warnings: " + warnings + ".";
    }

    private static Map<String, @Nullable Object> farTier(CacheHealth health) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("connected", health.isConnected());
        data.put("state", health.state().name().toLowerCase(Locale.ROOT));
        data.put("backend", backend(health));
        data.put("location", health.location());
        data.put("mode", health.mode());
        data.put("topology", health.topology());
        data.put("server_version", figures(health, CacheHealth.Figures::version));
        data.put("maxmemory_policy", figures(health, CacheHealth.Figures::evictionPolicy));
        data.put("outages", health.outages());
        data.put("trouble", health.trouble());
        data.put("servers", health.servers().stream().map(StatusReport::row).toList());
        return data;
    }

    private static @Nullable String backend(CacheHealth health) {
        return health.state() == CacheHealth.State.NO_FAR_TIER
                ? "none"
                : figures(health, figures -> figures.software().toLowerCase(Locale.ROOT));
    }

    /** Returns what the servers say, each word once; null if none says anything. */
    private static @Nullable String figures(CacheHealth health, Function<CacheHealth.Figures, String> word) {
        String words = health.servers().stream()
                .map(CacheHealth.Server::figures)
                .flatMap(figures -> Optional.ofNullable(figures).stream())
                .map(word)
                .distinct()
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? null : words;
    }

    private static Map<String, @Nullable Object> row(CacheHealth.Server server) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("address", server.address());
        row.put("connected", server.answers());
        row.put("breaker_open", server.leftAlone());
        row.put("outages", server.outages());
        row.put("trouble", server.trouble());
        CacheHealth.Figures figures = server.figures();
        if (figures != null) {
            row.put("version", figures.software() + " " + figures.version());
            row.put("used_memory", figures.usedMemory());
            row.put("maxmemory", figures.maximumMemory());
            row.put("maxmemory_policy", figures.evictionPolicy());
            row.put("clients", figures.clients());
            row.put("evictions", figures.evictions());
        }
        CacheHealth.Clock clock = server.clock();
        if (clock != null) {
            row.put("clock_offset_millis", clock.offset().toMillis());
            row.put("round_trip_micros", clock.roundTrip().toNanos() / MICROS);
        }
        return row;
    }

    private static Map<String, @Nullable Object> row(WarmingProgress warming) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", warming.name());
        row.put("cache", warming.cache());
        row.put("state", warming.state().name().toLowerCase(Locale.ROOT));
        row.put("loaded", warming.loaded());
        row.put("failed", warming.failed());
        row.put("expected", warming.expected() < 0 ? null : warming.expected());
        row.put("begun", text(warming.begun()));
        row.put("ended", text(warming.ended()));
        row.put("failure", warming.failure());
        return row;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Map<String, @Nullable Object> row(CacheHealth.Warning warning) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", warning.id());
        row.put("text", warning.text());
        return row;
    }
}
