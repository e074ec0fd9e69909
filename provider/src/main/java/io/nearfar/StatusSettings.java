package io.nearfar;

import java.util.Objects;

/**
 * What the settings say of the resources that tell how caches are, and of health checks; reached by
 * {@code manager.unwrap(StatusSettings.class)}. Immutable.
 *
 * @param enabled whether {@code /cache-status} answers
 * @param debug whether {@code /cache-debug} answers
 * @param role the role that a caller of either must have; {@link #NOBODY_IS_ASKED} lets everybody in
 * @param strict whether the application is not ready while the far tier is away
 */
public record StatusSettings(boolean enabled, boolean debug, String role, boolean strict) {
    /** In the place of a role: whoever comes is let in. */
    public static final String NOBODY_IS_ASKED = "none";

    /** What holds where nothing is set. */
    public static final StatusSettings STANDARD = new StatusSettings(true, false, "admin", false);

    /** Refuses a role that is null. */
    public StatusSettings {
        Objects.requireNonNull(role, "The role is null; without one it is " + NOBODY_IS_ASKED);
    }
}
