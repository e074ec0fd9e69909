package io.nearfar.servers;

/** Run under the profile servers. */
class WildFlyIT extends ServerChecks {
    WildFlyIT() {
        super(new WildFly());
    }
}
