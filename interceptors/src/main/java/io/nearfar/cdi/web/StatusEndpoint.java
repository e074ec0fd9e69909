package io.nearfar.cdi.web;

import io.nearfar.NearfarManager;
import io.nearfar.StatusSettings;
import io.nearfar.cdi.status.StatusReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows how caches and far tier are. */
final class StatusEndpoint implements Endpoint {
    @Override
    public boolean isOn(StatusSettings settings) {
        return settings.enabled();
    }

    @Override
    public Map<String, @Nullable Object> report(NearfarManager manager) {
        return StatusReport.of(manager);
    }

    @Override
    public String page(Map<String, @Nullable Object> report) {
        return StatusPage.of(report);
    }
}
