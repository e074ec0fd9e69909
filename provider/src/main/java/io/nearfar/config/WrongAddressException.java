package io.nearfar.config;

/** Says what is wrong with an address, without its credentials. */
final class WrongAddressException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    /** Creates one that says what is wrong and what to write. */
    WrongAddressException(String text) {
        super(text);
        this.text = text;
    }

    /** Returns what is wrong and what to write. */
    String text() {
        return text;
    }
}
