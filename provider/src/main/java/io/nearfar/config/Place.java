package io.nearfar.config;

import java.util.Locale;

/** Where a setting may stand. */
enum Place {
    /** {@code nearfar.<setting>}: for the manager, and for all its caches if the setting is one of a cache. */
    MANAGER,
    /** {@code nearfar.template.<template>.<setting>}: for the caches that take the template. */
    TEMPLATE,
    /** {@code nearfar.cache.<name or pattern>.<setting>}: for the caches of that name. */
    CACHE,
    /** {@code nearfar.limit.<name>.<setting>}: for one limit of requests over HTTP. */
    LIMIT;

    /** Returns what stands between {@code nearfar.} and the name of the owner; empty if there is no owner. */
    String word() {
        return this == MANAGER ? "" : name().toLowerCase(Locale.ROOT) + ".";
    }
}
