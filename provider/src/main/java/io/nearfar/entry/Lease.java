package io.nearfar.entry;

/** The answer to a request for the load lease of a key. */
public sealed interface Lease<V> {
    /**
     * A live entry is there; nothing is to be loaded.
     *
     * @param asked a stamp above all that had happened to the key and its tags when the lease was asked for
     */
    record Found<V>(Entry<V> entry, long asked) implements Lease<V> {
        /** Creates one of which nothing is known but that it is not older than the entry. */
        public Found(Entry<V> entry) {
            this(entry, entry.version().stamp());
        }
    }

    /**
     * The caller may load. A placeholder of this version stands in the entry's own key, so that every write, removal or
     * clear voids it; the result is stored by a change with {@code Condition.is(version)}.
     */
    record Granted<V>(Version version) implements Lease<V> {}

    /**
     * It is known that there is nothing to load.
     *
     * @param version of what says so: a result that is there all the same is stored by a change with
     *     {@code Condition.is(version)}
     * @param asked a stamp above all that had happened to the key and its tags when the lease was asked for
     */
    record Absent<V>(Version version, long asked) implements Lease<V> {}

    /**
     * Somebody loads already, under the placeholder {@code holder}, which has not been voided; their right ends in at most
     * {@code millis} unless they renew it.
     */
    record Held<V>(Version holder, long millis) implements Lease<V> {}
}
