package io.nearfar.cdi.status;

import io.nearfar.CacheFigures;
import io.nearfar.EffectiveSetting;
import io.nearfar.EffectiveSettings;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** What can be told of the caches that are open in a manager. */
final class CacheRows {
    private CacheRows() {}

    /** Returns a row for each, by name; caches that are closed meanwhile are left out. */
    static List<Map<String, @Nullable Object>> of(NearfarManager manager) {
        TreeSet<String> names = new TreeSet<>();
        manager.getCacheNames().forEach(names::add);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String name : names) {
            Cache<Object, Object> cache = manager.getCache(name);
            if (cache != null && !cache.isClosed() && !Probe.isOfProbe(name)) {
                rows.add(row(cache.unwrap(NearfarCache.class)));
            }
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(NearfarCache<?, ?> cache) {
        EffectiveSettings settings = cache.settings();
        Duration sinceVerified = cache.sinceVerified();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", cache.getName());
        row.put("mode", settings.mode());
        row.put("version", settings.version());
        row.put("outage", settings.outage());
        row.put("hit_rate", cache.figures().hitRate());
        row.put("since_verified_millis", sinceVerified == null ? null : sinceVerified.toMillis());
        row.put("figures", figures(cache.figures()));
        row.put("settings", settings.all().stream().map(CacheRows::row).toList());
        return row;
    }

    private static Map<String, @Nullable Object> row(EffectiveSetting setting) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", setting.name());
        row.put("value", setting.value());
        row.put("origin", setting.origin());
        return row;
    }

    private static Map<String, @Nullable Object> figures(CacheFigures figures) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("near_hits", figures.nearHits());
        row.put("far_hits", figures.farHits());
        row.put("misses", figures.misses());
        row.put("loads", figures.loads());
        row.put("puts", figures.puts());
        row.put("removals", figures.removals());
        row.put("evictions", figures.evictions());
        row.put("invalidations", figures.invalidations());
        row.put("unavailable", figures.unavailable());
        row.put("rejected", figures.rejected());
        row.put("stale_answers", figures.staleAnswers());
        row.put("grace_answers", figures.graceAnswers());
        row.put("dirty_keys", figures.dirtyKeys());
        row.put("near_size", figures.nearSize());
        return row;
    }
}
