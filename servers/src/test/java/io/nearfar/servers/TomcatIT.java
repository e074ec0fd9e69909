package io.nearfar.servers;

/** Run in every build; what Tomcat does not bring, a CDI container, is in the application. */
class TomcatIT extends ServerChecks {
    TomcatIT() {
        super(new Tomcat());
    }
}
