package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Bounds;
import io.nearfar.fault.history.Span;
import java.util.List;
import java.util.Map;

/** What the caches of a run do in an outage. */
enum Policy {
    /** They throw, and serve nothing stale: so every bound is at its tightest. */
    CLOSED(Map.of("nearfar.outage", "closed", "nearfar.max-stale", "0")) {
        @Override
        Bounds bounds(List<Span> troubles) {
            return Bounds.closed(troubles);
        }
    },
    /** The defaults: they answer as well as they can. */
    OPEN(Map.of()) {
        @Override
        Bounds bounds(List<Span> troubles) {
            return Bounds.open(troubles);
        }
    };

    private final Map<String, String> settings;

    Policy(Map<String, String> settings) {
        this.settings = settings;
    }

    Map<String, String> settings() {
        return settings;
    }

    abstract Bounds bounds(List<Span> troubles);
}
