package io.nearfar.entry.copy;

/** Says that a value can be copied by its serialized form alone. Carries no stack: it decides, it does not fail. */
final class NotCopyable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotCopyable(String reason) {
        super(reason, null, false, false);
    }
}
