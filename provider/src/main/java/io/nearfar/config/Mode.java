package io.nearfar.config;

/** Which tiers a cache has. */
public enum Mode {
    /** The near tier alone: the embedded default, no server needed. */
    NEAR,
    /** The near tier over the far tier. */
    TIERED,
    /** The far tier alone: every read goes there. */
    FAR
}
