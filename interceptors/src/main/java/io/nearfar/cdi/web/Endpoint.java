package io.nearfar.cdi.web;

import io.nearfar.NearfarManager;
import io.nearfar.StatusSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resource that shows something of caches. Safe for use by several threads. */
interface Endpoint {
    /** Tells whether it answers at all. */
    boolean isOn(StatusSettings settings);

    /** Returns what it shows; {@code status} and {@code message} are in it. */
    Map<String, @Nullable Object> report(NearfarManager manager);

    /** Returns a report as a page for people, or null if there is none. */
    @Nullable
    String page(Map<String, @Nullable Object> report);

    /** Returns the one that shows how caches and far tier are. */
    static Endpoint status() {
        return new StatusEndpoint();
    }

    /** Returns the one that tries whether the cache works. */
    static Endpoint debug() {
        return new DebugEndpoint();
    }
}
