package io.nearfar.cdi.web;

import io.nearfar.NearfarManager;
import io.nearfar.StatusSettings;
import io.nearfar.cdi.status.Probe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries whether the cache works. */
final class DebugEndpoint implements Endpoint {
    private final Probe probe = new Probe();

    @Override
    public boolean isOn(StatusSettings settings) {
        return settings.debug();
    }

    @Override
    public Map<String, @Nullable Object> report(NearfarManager manager) {
        return probe.run(manager);
    }

    @Override
    public @Nullable String page(Map<String, @Nullable Object> report) {
        return null;
    }
}
