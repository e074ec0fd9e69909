package io.nearfar.servers.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What tells one deployment from the next. There is one in the heap for each whose class loader is still there. */
public final class Deployment {
    /** Lives as long as the class does. */
    static final Deployment HERE = new Deployment();

    /** Read at once, for a server may read on in the file of a WAR that has been replaced. */
    private final String round = read();

    private Deployment() {}

    /** Returns the number that the WAR carried with which this was deployed. */
    String round() {
        return round;
    }

    private static String read() {
        try (InputStream file = Deployment.class.getResourceAsStream("/round.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
