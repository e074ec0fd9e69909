package io.nearfar.config;

import org.jspecify.annotations.Nullable;

/**
 * The first part of every far key.
 *
 * @param text the prefix
 * @param origin where it comes from, in a few words
 */
record Prefix(String text, String origin) {
    /** Returns the prefix that the settings of a manager give, with a name found elsewhere where they give none. */
    static Prefix of(Section manager, @Nullable String profile, ClassLoader loader) {
        Given whole = manager.given(ManagerTable.KEY_PREFIX);
        if (whole != null) {
            return new Prefix(whole.found().text(), whole.toString());
        }
        Given set = manager.given(ManagerTable.APPLICATION);
        Prefix application = set == null
                ? ApplicationName.find(loader)
                : new Prefix(set.found().text(), set.toString());
        String environment = manager.value(ManagerTable.ENVIRONMENT);
        return application.in(environment == null ? profile : environment);
    }

    private Prefix in(@Nullable String environment) {
        return environment == null ? this : new Prefix(text + "/" + environment, origin);
    }
}
