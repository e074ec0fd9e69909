package io.nearfar.servers;

/** Run under the profile servers; what Jetty does not bring, a CDI container, is in the application. */
class JettyIT extends ServerChecks {
    JettyIT() {
        super(new Jetty());
    }
}
