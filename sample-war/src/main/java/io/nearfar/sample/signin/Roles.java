package io.nearfar.sample.signin;

/** The roles that a person may have. */
public final class Roles {
    /** May change cities. */
    public static final String EDITOR = "editor";

    /** Sees how the caches are, and searches without limits. */
    public static final String ADMIN = "admin";

    /** May search more often than others. */
    public static final String PREMIUM = "premium";

    private Roles() {}
}
