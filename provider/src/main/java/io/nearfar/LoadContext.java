package io.nearfar;

import org.jspecify.annotations.Nullable;

/**
 * What a load can know of the entry before it, and say of the one that its result becomes. Handed to a {@link ContextLoad}, and of use during that call
 * alone and in its thread; to a {@link ContextCacheLoader} likewise; or to an {@link AsyncContextLoad}, and of use until its stage completes.
 */
public interface LoadContext {
    /**
     * Sets the options with which the result is stored; a second call replaces what the first has set. Without a call the
     * result is stored with {@link EntryOptions#NONE}.
     *
     * @throws NullPointerException if {@code options} is null
     */
    void setOptions(EntryOptions options);

    /**
     * Returns the value that the load's result would replace, so that the load can ask whether it has changed: with
     * {@code refresh-ahead} and {@code reload} that of the entry that is there, and else that of one that has ended and is in its
     * grace ({@code nearfar.cache.<name>.grace} or {@code stale-while-revalidate}).
     *
     * @param type of the value
     * @return the value, which is the caller's own where the cache stores by value; null if there is none, or it is not known
     * @throws ClassCastException if the value is of another type
     */
    default <T> @Nullable T previous(Class<T> type) {
        return null;
    }

    /**
     * Says that the value of before is right still, as a response of status 304 does in HTTP: it is stored anew, and begins a new
     * life, under the rules for any result of a load. What the load returns is not looked at. Unless the load calls
     * {@link #setOptions}, the entry has the tags, the near time-to-live and the grace of before.
     *
     * @throws IllegalStateException if there is no value of before, see {@link #previous}
     */
    default void notModified() {
        throw new IllegalStateException("A load said that its value was not modified, and there is none of before. Ask"
                + " LoadContext.previous first: it returns null then, and the load has to return the value");
    }
}
