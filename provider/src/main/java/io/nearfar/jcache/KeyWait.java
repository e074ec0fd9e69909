package io.nearfar.jcache;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** How the wait for a key ended. */
enum KeyWait {
    /** The key is held. */
    HELD("is held"),
    /** Whoever holds the key waits, itself or by others, for this thread. */
    DEADLOCK("is held by an operation that waits for this one, so that neither would ever end. Processors, writers,"
            + " loaders and listeners that call a cache must take keys in the same order everywhere; better, let them not"
            + " call it, and make the call after the operation has returned"),
    /** It took too long. */
    LATE(
            "was held by others all the time that an operation may wait. Let processors, writers and listeners be brief, and"
                    + " wait for no other thread that needs the key"),
    /** The thread was interrupted before it had the key. */
    INTERRUPTED(
            "is held by another operation, and this thread was interrupted while it waited for it; repeat the call if"
                    + " the thread is to go on");

    private final String text;

    KeyWait(String text) {
        this.text = text;
    }

    /** Returns what a caller is told who cannot go on without the key. */
    CacheException refusal(String cache, Object key, @Nullable Thread owner) {
        return new CacheException("Cache " + cache + ": nothing was done, since key " + key + " " + text
                + (owner == null ? "" : " (held by thread " + owner.getName() + ")"));
    }
}
