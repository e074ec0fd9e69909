package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;

/** Gives the session, if there is one yet. */
interface Connecting {
    /**
     * Returns the session. Never waits.
     *
     * @throws FarTierUnavailableException if the servers have not been reached yet, or the tier is closed
     */
    Session session();
}
