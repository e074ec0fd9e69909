package io.nearfar.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the far tier is, parsed and checked.
 *
 * @param topology how the hosts belong together
 * @param hosts {@code host:port}, at least one
 * @param tls whether connections are encrypted
 * @param user the user to authenticate as, or null
 * @param password the password, or null; never printed
 * @param database the database index, 0 on a cluster
 * @param masterName the name of the master that the sentinels watch, or null
 */
public record FarAddress(
        Topology topology,
        List<String> hosts,
        boolean tls,
        @Nullable String user,
        @Nullable String password,
        int database,
        @Nullable String masterName) {

    /** Returns the address as it may be shown: without user and password. */
    @Override
    public String toString() {
        String scheme = tls ? "rediss://" : "redis://";
        String master = masterName == null ? "" : "/" + masterName;
        return scheme + String.join(",", hosts) + master + "/" + database;
    }
}
