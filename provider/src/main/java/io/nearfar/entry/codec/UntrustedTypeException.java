package io.nearfar.entry.codec;

/** Stops the decoding of bytes that name a class which is not trusted in the cache. */
final class UntrustedTypeException extends ClassNotFoundException {
    private static final long serialVersionUID = 1L;

    private final String type;

    UntrustedTypeException(String type) {
        super("type " + type + " is not trusted");
        this.type = type;
    }

    /** Returns the name of the class. */
    String type() {
        return type;
    }
}
