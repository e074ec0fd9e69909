package io.nearfar.tool;

import io.nearfar.far.ServerFinding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that the doctor has found.
 *
 * @param ailment what it is
 * @param server at which server, or null if it is about the settings
 * @param seen what was seen, as a sentence without its point
 */
record Finding(Ailment ailment, @Nullable String server, String seen) {
    static Finding of(ServerFinding finding) {
        return new Finding(Ailment.of(finding.fault()), finding.address(), "It " + finding.seen());
    }

    /** Returns it for programs. */
    Report row() {
        return new Report()
                .with("severity", word())
                .with("name", ailment.written())
                .with("id", ailment.id())
                .with("server", server)
                .with("seen", seen)
                .with("why", ailment.why())
                .with("cure", ailment.cure());
    }

    /** Returns it for people. */
    String text() {
        return word() + " " + ailment.written() + (server == null ? "" : " at " + server) + "\n"
                + "  seen  " + seen + "\n"
                + "  why   " + ailment.why() + "\n"
                + "  do    " + ailment.cure();
    }

    private String word() {
        return ailment.severity().name().toLowerCase(Locale.ROOT);
    }
}
