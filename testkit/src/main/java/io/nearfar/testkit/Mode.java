package io.nearfar.testkit;

import java.util.Locale;

/** Which tiers the caches of a test have. */
public enum Mode {
    /** The near tier alone, in the process: no server is needed or started. */
    NEAR,
    /** Near over far, as applications run. */
    TIERED,
    /** The far tier alone: each read asks the server. */
    FAR;

    /** Returns the value of the setting {@code nearfar.mode}. */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
