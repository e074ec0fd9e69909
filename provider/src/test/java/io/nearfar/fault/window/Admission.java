package io.nearfar.fault.window;

import io.nearfar.fault.history.Span;

/**
 * One request that was admitted under one key, at an instant within its call that nobody knows.
 *
 * @param call from before it was sent until after its answer was there
 * @param permits of the limit as whoever asked knew it
 * @param cost how many it took
 */
record Admission(Span call, long permits, long cost) {
    /** Returns when it had not yet happened. */
    long sent() {
        return call.invoked();
    }

    /** Returns when it surely had happened. */
    long received() {
        return call.returned();
    }
}
