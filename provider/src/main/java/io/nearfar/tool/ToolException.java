package io.nearfar.tool;

/** Ends a run with a text for whoever called the tool. */
final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    ToolException(Outcome outcome, String text) {
        super(text);
        this.outcome = outcome;
    }

    static ToolException usage(String text) {
        return new ToolException(Outcome.USAGE, text);
    }

    Outcome outcome() {
        return outcome;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
