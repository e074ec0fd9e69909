package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Bounds;
import io.nearfar.fault.history.Span;
import java.util.List;
import java.util.Map;

/** What the caches of a run do in an outage. */
enum Policy {
    /** They throw, and serve nothing stale: so every bound is at its tightest. */
    CLOSED("throws", Map.of("nearfar.outage", "closed", "nearfar.max-stale", "0")) {
        @Override
        Bounds bounds(List<Span> troubles) {
            return Bounds.closed(troubles);
        }
    },
    /** They answer, and serve nothing stale but what they were told in the outage themselves. */
    FRESH("answers, nothing stale", Map.of("nearfar.max-stale", "0")) {
        @Override
        Bounds bounds(List<Span> troubles) {
            return Bounds.fresh(troubles);
        }
    },
    /** The defaults: they answer as well as they can. */
    OPEN("answers", Map.of()) {
        @Override
        Bounds bounds(List<Span> troubles) {
            return Bounds.open(troubles);
        }
    };

    private final String what;
    private final Map<String, String> settings;

    Policy(String what, Map<String, String> settings) {
        this.what = what;
        this.settings = settings;
    }

    /** Returns what a cache does in an outage, in a word. */
    String what() {
        return what;
    }

    Map<String, String> settings() {
        return settings;
    }

    abstract Bounds bounds(List<Span> troubles);
}
