package io.nearfar;

import org.jspecify.annotations.Nullable;

/**
 * What the settings say of metrics over HTTP; reached by {@code manager.unwrap(MetricsSettings.class)}. Immutable.
 *
 * @param path where within a web application the metrics are answered, or null if nowhere
 * @param role which role who asks must have, or null if none
 * @param usualNames whether metrics are shown under the names that dashboards for other caches look for, too
 */
public record MetricsSettings(
        @Nullable String path, @Nullable String role, boolean usualNames) {
    /** There is no path, and nothing is shown twice. */
    public static final MetricsSettings OFF = new MetricsSettings(null, null, false);
}
