package io.nearfar.config;

/** How often a setting is needed; the reference page is grouped by it. */
enum Importance {
    /** Nearly everybody sets it. */
    ESSENTIAL,
    /** Many applications set it for some cache. */
    FREQUENT,
    /** The default is right but for a reason that one can name. */
    RARE
}
