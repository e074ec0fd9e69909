package io.nearfar.tool;

/** How much something matters, the most first. */
enum Severity {
    /** The application fails, or will, or anybody may reach what is in the caches. */
    ERROR,
    /** It works, and worse than it could, or not under every load. */
    WARNING,
    /** Nothing is wrong; somebody should have meant it so. */
    NOTE
}
