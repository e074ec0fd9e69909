package io.nearfar.tier;

import org.jspecify.annotations.Nullable;

/** The thread that makes one load for a caller who waits in another; none before it begins, and after its end. */
public final class LoadThread implements WaitGraph.Awaited {
    private volatile @Nullable Thread thread;

    /** The calling thread is it now. */
    public void begins() {
        thread = Thread.currentThread();
    }

    /** The load has ended. */
    public void ends() {
        thread = null;
    }

    @Override
    public @Nullable Thread owner() {
        return thread;
    }
}
