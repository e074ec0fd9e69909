package io.nearfar.far;

import io.nearfar.CacheHealth;

/**
 * A fault that a server was found to have.
 *
 * @param fault which it is
 * @param address of the server
 * @param seen what was seen, as the end of a sentence that begins with the address
 */
public record ServerFinding(ServerFault fault, String address, String seen) {
    CacheHealth.Warning warning() {
        return new CacheHealth.Warning(fault.id(), address + " " + seen + ": " + fault.why() + ". " + fault.cure());
    }
}
