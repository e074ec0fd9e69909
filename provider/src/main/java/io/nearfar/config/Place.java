package io.nearfar.config;

import java.util.List;

/** Where a setting may stand. */
enum Place {
    /** {@code nearfar.<setting>}: for the manager, and for all its caches if the setting is one of a cache. */
    MANAGER("", ""),
    /** {@code nearfar.template.<template>.<setting>}: for the caches that take the template. */
    TEMPLATE("template.", "<template>."),
    /** {@code nearfar.cache.<name or pattern>.<setting>}: for the caches of that name. */
    CACHE("cache.", "<name>."),
    /** {@code nearfar.invalidation.<name>.<setting>}: for the invalidation of that name. */
    INVALIDATION("invalidation.", "<name>."),
    /** {@code nearfar.warming.<name>.<setting>}: for the warmings of that name. */
    WARMING("warming.", "<name>."),
    /** {@code nearfar.limit.<name>.<setting>}: for one limit of requests over HTTP. */
    LIMIT("limit.", "<name>."),
    /** {@code nearfar.response.<name>.<setting>}: for responses over HTTP that are kept by their paths. */
    RESPONSE("response.", "<name>.");

    /** Those where a name stands before the setting. */
    static final List<Place> OWNED = List.of(CACHE, TEMPLATE, INVALIDATION, WARMING, LIMIT, RESPONSE);

    private final String folder;
    private final String owner;

    Place(String folder, String owner) {
        this.folder = folder;
        this.owner = owner;
    }

    /** Returns what keys begin with here. */
    String start() {
        return Setting.PREFIX + folder;
    }

    /** Returns what stands before a setting here, with a placeholder for the name. */
    String shown() {
        return start() + owner;
    }
}
