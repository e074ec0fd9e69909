package io.nearfar.entry;

/** The answer to a request for the load lease of a key. */
public sealed interface Lease<V> {
    /** A live entry is there; nothing is to be loaded. */
    record Found<V>(Entry<V> entry) implements Lease<V> {}

    /**
     * The caller may load. A placeholder of this version stands in the entry's own key, so that every write, removal or
     * clear voids it; the result is stored by a change with {@code Condition.is(version)}.
     */
    record Granted<V>(Version version) implements Lease<V> {}

    /**
     * Somebody loads already, under the placeholder {@code holder}, which has not been voided; their right ends in at most
     * {@code millis} unless they renew it.
     */
    record Held<V>(Version holder, long millis) implements Lease<V> {}
}
