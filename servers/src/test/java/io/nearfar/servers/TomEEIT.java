package io.nearfar.servers;

/** Run under the profile servers. */
class TomEEIT extends ServerChecks {
    TomEEIT() {
        super(new TomEE());
    }
}
