package io.nearfar.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code host:port,[::1]:port}. */
final class HostReader {
    private static final Pattern HOST =
            Pattern.compile("([\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.]+(?:%[\\w.-]+)?\\])(?::(\\d+))?");
    private static final Pattern BARE_VERSION_6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");
    private static final int HIGHEST_PORT = 65_535;

    private HostReader() {}

    /** Returns the hosts, with ports where they are written. */
    static List<String> read(String text) throws WrongAddressException {
        List<String> hosts = Stream.of(text.strip().split("[,\\s]+", -1)).toList();
        for (String host : hosts) {
            check(host);
        }
        return hosts;
    }

    /** Tells whether a host that was read has its port. */
    static boolean hasPort(String host) {
        return host.lastIndexOf(':') > host.lastIndexOf(']');
    }

    private static void check(String host) throws WrongAddressException {
        if (host.isEmpty()) {
            throw new WrongAddressException("a host is missing. Write redis://host:6379.");
        }
        if (BARE_VERSION_6.matcher(host).matches()) {
            throw new WrongAddressException("an IPv6 address needs brackets. Write redis://[::1]:6379.");
        }
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            throw new WrongAddressException(
                    "there is no host and port. Write redis://user:password@host:6379, a slash in the"
                            + " password as %2F.");
        }
        checkPort(parts.group(2));
    }

    @SuppressWarnings("NullAway") // a group that took no part is null, and a pattern cannot say so
    private static void checkPort(String port) throws WrongAddressException {
        if (port != null
                && (port.length() > 5 || Integer.parseInt(port) < 1 || Integer.parseInt(port) > HIGHEST_PORT)) {
            throw new WrongAddressException("the port " + port + " is not one of 1 to " + HIGHEST_PORT + ".");
        }
    }
}
