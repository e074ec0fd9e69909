package io.nearfar.config;

import org.jspecify.annotations.Nullable;

/**
 * Who connects.
 *
 * @param user the user, or null
 * @param password the password, or null; never printed
 */
record Credentials(@Nullable String user, @Nullable String password) {
    /** Nobody. */
    static final Credentials NONE = new Credentials(null, null);

    /** Returns what stands before the at sign of an address: {@code user:password}, {@code :password} or {@code user}. */
    static Credentials read(@Nullable String text) throws WrongAddressException {
        if (text == null) {
            return NONE;
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? new Credentials(decoded(text), null)
                : new Credentials(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    private static @Nullable String decoded(String text) throws WrongAddressException {
        return text.isEmpty() ? null : PercentText.decode(text);
    }

    /** Returns nothing that is secret. */
    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
