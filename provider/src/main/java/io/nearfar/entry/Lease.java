package io.nearfar.entry;

import org.jspecify.annotations.Nullable;

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
            this(entry, entry.stamp());
        }
    }

    /**
     * The caller may load. A placeholder of this version stands in the entry's own key, so that every write, removal or
     * clear voids it; the result is stored by a change with {@code Condition.is(version)}.
     *
     * @param version of the placeholder
     * @param kept an entry that has ended and is in its grace: it may answer if the load fails and
     *     {@link EntryStore#releaseFailed} says that it still may; null if there is none
     * @param telling tells listeners of an entry that was met after its end. To be run once, and not before somebody keeps the
     *     lease alive: a listener may take longer than the lease lasts
     */
    record Granted<V>(Version version, @Nullable Entry<V> kept, Runnable telling) implements Lease<V> {
        /** Creates one that met no entry after its end of which anybody has to be told. */
        public Granted(Version version, @Nullable Entry<V> kept) {
            this(version, kept, () -> {});
        }

        /** Creates one of a key for which nothing is kept. */
        public Granted(Version version) {
            this(version, null);
        }
    }

    /**
     * A load has failed a moment ago, and nobody is to load just now.
     *
     * @param kept has ended, and answers in place of the load
     * @param version of what says so: a result that is there all the same is stored by a change with
     *     {@code Condition.is(version)}
     * @param asked a stamp above all that had happened to the key and its tags when the lease was asked for
     */
    record Resting<V>(Entry<V> kept, Version version, long asked) implements Lease<V> {}

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
