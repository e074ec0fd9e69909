package io.nearfar.config;

/** Where a setting may stand. */
enum Place {
    /** {@code nearfar.<setting>}: for the manager, and for all its caches if the setting is one of a cache. */
    MANAGER,
    /** {@code nearfar.template.<template>.<setting>}: for the caches that take the template. */
    TEMPLATE,
    /** {@code nearfar.cache.<name or pattern>.<setting>}: for the caches of that name. */
    CACHE
}
