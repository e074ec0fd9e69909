package io.nearfar.servers;

/** Run under the profile servers. */
class GlassFishIT extends ServerChecks {
    GlassFishIT() {
        super(new GlassFish());
    }
}
