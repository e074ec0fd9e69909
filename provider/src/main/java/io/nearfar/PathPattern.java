package io.nearfar;

/** Paths within an application as servlets write them: {@code /login}, {@code /api/*}, {@code *.pdf}, and for all <code>/*</code>. */
final class PathPattern {
    private PathPattern() {}

    /** Tells whether a path, decoded, matches a pattern. A slash at the end of a path makes no difference. */
    static boolean matches(String pattern, String path) {
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

    /** Returns how closely a pattern names what it matches: whole paths most, then endings, then the longest beginning. */
    static int closeness(String pattern) {
        if (pattern.endsWith("/*")) {
            return pattern.length();
        }
        return pattern.startsWith("*.") ? Integer.MAX_VALUE - 1 : Integer.MAX_VALUE;
    }
}
