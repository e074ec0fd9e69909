package io.nearfar.servers.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What tells one deployment from the next. There is one in the heap for each whose class loader is still there. */
public final class Deployment {
    /** Lives as long as the class does. */
    static final Deployment HERE = new Deployment();

    private Deployment() {}

    /** Returns the number that the WAR carries. */
    String round() {
        try (InputStream file = Deployment.class.getResourceAsStream("/round.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
