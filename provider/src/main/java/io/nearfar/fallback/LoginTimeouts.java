package io.nearfar.fallback;

import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * How the drivers are told how long they may wait for a server to which they connect. JDBC has one number for all drivers
 * of the JVM, which is not ours to set; so each gets what it calls so, unless the URL says something of it.
 */
final class LoginTimeouts {
    private static final int IN_SECONDS = 1_000;
    private static final int IN_MILLIS = 1;

    private static final List<Known> ALL = List.of(
            new Known("jdbc:h2:tcp:", IN_MILLIS, List.of("NETWORK_TIMEOUT")),
            new Known("jdbc:h2:ssl:", IN_MILLIS, List.of("NETWORK_TIMEOUT")),
            new Known("jdbc:postgresql:", IN_SECONDS, List.of("connectTimeout", "socketTimeout")),
            new Known("jdbc:mysql:", IN_MILLIS, List.of("connectTimeout", "socketTimeout")),
            new Known("jdbc:mariadb:", IN_MILLIS, List.of("connectTimeout", "socketTimeout")),
            new Known("jdbc:oracle:", IN_MILLIS, List.of("oracle.net.CONNECT_TIMEOUT", "oracle.jdbc.ReadTimeout")),
            new Known("jdbc:sqlserver:", IN_SECONDS, List.of("loginTimeout")),
            new Known("jdbc:sqlserver:", IN_MILLIS, List.of("socketTimeout")));

    private record Known(String url, int unit, List<String> names) {}

    private LoginTimeouts() {}

    /** Adds what the driver of that URL is told. */
    static void put(Properties properties, String url, int millis) {
        String lower = url.toLowerCase(Locale.ROOT);
        ALL.stream()
                .filter(known -> lower.startsWith(known.url()))
                .forEach(known -> known.names().stream()
                        .filter(name -> !lower.contains(name.toLowerCase(Locale.ROOT)))
                        .forEach(name ->
                                properties.setProperty(name, String.valueOf(Math.max(1, millis / known.unit())))));
    }
}
