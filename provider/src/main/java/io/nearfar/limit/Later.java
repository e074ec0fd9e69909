package io.nearfar.limit;

/** Has something done in another thread. */
@FunctionalInterface
interface Later {
    /**
     * Does it after so many milliseconds.
     *
     * @throws java.util.concurrent.RejectedExecutionException if nothing is done any more
     */
    void after(long millis, Runnable work);
}
