package io.nearfar.cdi.cache;

import io.nearfar.EntryOptions;
import io.nearfar.cdi.method.CacheMethod;
import io.nearfar.cdi.method.EntryTimes;
import org.jspecify.annotations.Nullable;

/** Says how what a method stores is kept: how long, and with which tags. One for each annotated method. */
final class EntryWriter {
    private final EntryOptions times;
    private final TagWriter tags;

    EntryWriter(CacheMethod method) {
        this.times = options(method.times());
        this.tags = new TagWriter(method.tags());
    }

    /** Tells whether there is nothing to say, whatever the call. */
    boolean isIdle() {
        return tags.isIdle() && times.equals(EntryOptions.NONE);
    }

    /**
     * Returns what is to be said of what a call stores.
     *
     * @param result what the method returned, or null if that is nothing or not known
     * @throws RuntimeException if its tags cannot be told, or are more or longer than an entry carries
     */
    EntryOptions options(Invocation call, @Nullable Object result) {
        return tags.isIdle() ? times : times.withTags(tags.tags(call, result));
    }

    private static EntryOptions options(EntryTimes times) {
        EntryOptions options = EntryOptions.NONE;
        options = times.timeToLive() == null ? options : options.withTimeToLive(times.timeToLive());
        options = times.near() == null ? options : options.withNearTimeToLive(times.near());
        return times.grace() == null ? options : options.withGrace(times.grace());
    }
}
