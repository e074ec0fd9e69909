package io.nearfar.sample.origin;

import java.util.Locale;

/** Who answered a question. */
public enum Origin {
    /** The near tier: this process's own memory. */
    NEAR,
    /** The far tier: Redis, shared by all nodes. */
    FAR,
    /** The database: no tier had the answer. */
    DATABASE,
    /** The weather service: no tier had what it tells. */
    SERVICE;

    /** The name that headers and pages show. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
