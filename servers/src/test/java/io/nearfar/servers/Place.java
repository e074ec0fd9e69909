package io.nearfar.servers;

/** Where the provider's jar lies. */
enum Place {
    /** In each application that uses it. */
    APPLICATION("In the application", "application"),
    /** Among the libraries that the server shares out to all applications. */
    SERVER("As a shared library", "server");

    private final String heading;
    private final String owner;

    Place(String heading, String owner) {
        this.heading = heading;
        this.owner = owner;
    }

    /** Returns the heading under which the page of a server says what to do. */
    String heading() {
        return heading;
    }

    /** Returns whose class loader has the provider's classes then. */
    String owner() {
        return owner;
    }
}
