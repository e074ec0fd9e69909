package io.nearfar.cdi.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What goes to the error channel during a test, which is where the log of tests goes; of each test by itself. */
public final class ErrorLines implements BeforeEachCallback, AfterEachCallback {
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @Override
    public void beforeEach(ExtensionContext context) {
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setErr(before);
    }

    /** Returns all that was written there so far. */
    public String text() {
        return lines.toString(StandardCharsets.UTF_8);
    }
}
