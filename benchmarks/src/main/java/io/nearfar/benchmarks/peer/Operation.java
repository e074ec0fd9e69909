package io.nearfar.benchmarks.peer;

/** What is measured of a driver. */
public enum Operation {
    GET("get"),
    PUT("put"),
    GET_ALL("getAll(100)"),
    PUT_ALL("putAll(100)"),
    INVOKE("invoke");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /** Returns the name as tables show it. */
    public String label() {
        return label;
    }

    /** Tells whether one call is about a hundred keys. */
    public boolean ofMany() {
        return this == GET_ALL || this == PUT_ALL;
    }
}
