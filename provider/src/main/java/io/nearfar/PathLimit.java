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
        return paths.stream().anyMatch(pattern -> matches(pattern, path));
    }

    private static boolean matches(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            String start = pattern.substring(0, pattern.length() - 2);
            return path.startsWith(start) && (path.length() == start.length() || path.charAt(start.length()) == '/');
        }
        // frameworks answer /login/ as they do /login: a slash must be no way around a limit
        String bare = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return pattern.startsWith("*.")
                ? bare.endsWith(pattern.substring(1))
                : bare.equals(pattern) || path.equals(pattern);
    }
}
