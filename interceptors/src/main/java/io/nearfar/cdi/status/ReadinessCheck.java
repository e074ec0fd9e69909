package io.nearfar.cdi.status;

import io.nearfar.CacheHealth;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.StatusSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.cache.Cache;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells MicroProfile Health that the application is ready, with what its far tier is like. An outage of the far tier makes no
 * application unready, for all its nodes would leave at once; unless {@code nearfar.health.strict} says so. There is no check of
 * liveness: to start a node anew cures no outage of a server.
 *
 * <p>Loaded only where MicroProfile Health is there.
 */
@Readiness
@Singleton
public class ReadinessCheck implements HealthCheck {
    private static final String NAME = "nearfar";

    private final StatusExtension extension;

    /** Creates the check; the container calls this. */
    @Inject
    public ReadinessCheck(StatusExtension extension) {
        this.extension = extension;
    }

    /** Returns how the far tier is; takes as long as one of its reads may at most. */
    @Override
    public HealthCheckResponse call() {
        Map<String, Object> data = new LinkedHashMap<>();
        boolean isReady = fill(data);
        return new HealthCheckResponse(NAME, isReady ? Status.UP : Status.DOWN, Optional.of(data));
    }

    /** Where there is no manager, no cache is in use: a deployment that needs one would have failed. */
    private boolean fill(Map<String, Object> data) {
        try {
            NearfarManager manager = extension.manager();
            CacheHealth health = manager.health();
            data.put("state", health.state().name().toLowerCase(Locale.ROOT));
            data.put("degraded", health.isDegraded());
            data.put("mode", health.mode());
            data.put("message", StatusReport.message(health));
            data.put("warnings", (long) health.warnings().size());
            data.put("outages", health.outages());
            if (health.isDegraded()) {
                data.put("fail_closed", failClosed(manager));
            }
            return !health.isDegraded() || !manager.unwrap(StatusSettings.class).strict();
        } catch (RuntimeException e) {
            data.put("state", "unknown");
            data.put("message", String.valueOf(e.getMessage()));
            return true;
        }
    }

    /** Returns the names of the caches whose operations throw in an outage. */
    private static String failClosed(NearfarManager manager) {
        TreeSet<String> names = new TreeSet<>();
        manager.getCacheNames().forEach(names::add);
        return names.stream().filter(name -> isFailClosed(manager, name)).collect(Collectors.joining(", "));
    }

    private static boolean isFailClosed(NearfarManager manager, String name) {
        Cache<Object, Object> cache = manager.getCache(name);
        return cache != null
                && cache.unwrap(NearfarCache.class).settings().outage().equals("closed");
    }
}
