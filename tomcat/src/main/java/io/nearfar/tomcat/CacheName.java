package io.nearfar.tomcat;

/** The name of the cache of an application unless it is set: another one for each host and path. */
final class CacheName {
    private CacheName() {}

    /**
     * Returns that of an application.
     *
     * @param host the name of Tomcat's host
     * @param path the path of the application, with its version if it has one; empty for the root
     */
    static String of(String host, String path) {
        return "sessions-" + escaped(host, false) + escaped(path, true);
    }

    /** Letters, digits and dots stay, a slash of a path is a hyphen, and of all others the number stands between underscores. */
    private static String escaped(String text, boolean path) {
        StringBuilder name = new StringBuilder();
        for (char each : text.toCharArray()) {
            if (path && each == '/') {
                name.append('-');
            } else if (each == '.' || each < 128 && Character.isLetterOrDigit(each)) {
                name.append(each);
            } else {
                name.append('_').append(Integer.toHexString(each)).append('_');
            }
        }
        return name.toString();
    }

    /** Returns that of the cache of locks beside it, which no application's sessions have. */
    static String ofLocks(String sessions) {
        return sessions + "_locks";
    }
}
