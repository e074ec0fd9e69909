package io.nearfar.servers;

/** Run under the profile servers. */
class LibertyIT extends ServerChecks {
    LibertyIT() {
        super(new Liberty());
    }
}
