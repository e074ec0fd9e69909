package io.nearfar.benchmarks.peer;

/** What is measured of a driver. */
public enum Operation {
    GET("get"),
    PUT("put"),
    GET_ALL("getAll(100)"),
    INVOKE("invoke");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /** Returns the name as tables show it. */
    public String label() {
        return label;
    }
}
