package io.nearfar;

import java.util.List;
import java.util.Objects;

/**
 * A limit of requests whose path matches a pattern. Immutable.
 *
 * @param limit how many there may be
 * @param by whose requests are counted together
 * @param paths patterns as servlets have them: {@code /login}, {@code /api/*}, {@code *.pdf}, and for all <code>/*</code>
 */
public record PathLimit(Limit limit, Partition by, List<String> paths) {
    /** Whose requests are counted together. */
    public enum Partition {
        /** Those of a user who is signed in; those of an address if nobody is. */
        CLIENT,
        /** Those of a user who is signed in; others are not limited. */
        USER,
        /** Those of an address, whoever is signed in. */
        ADDRESS,
        /** All. */
        ALL
    }

    /**
     * Creates one.
     *
     * @throws NullPointerException if one of them is null
     */
    public PathLimit {
        Objects.requireNonNull(limit, "A limit of paths is null");
        Objects.requireNonNull(by, () -> "Whose requests limit " + limit.name() + " counts together is null");
        paths = List.copyOf(paths);
    }

    /**
     * Tells whether a path matches a pattern.
     *
     * @param path within the application, decoded, such as {@code /api/orders}
     */
    public boolean matches(String path) {
        return paths.stream().anyMatch(pattern -> PathPattern.matches(pattern, path));
    }
}
