package io.nearfar.cdi.web;

import io.nearfar.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields in which proxies say for whom they ask. A client may have written the beginning of such a field, and
 * proxies add to its end: so it is split from the end, and nothing that a client writes can change what follows.
 */
final class ForwardedNodes {
    /** How many proxies are gone back at most. */
    static final int MOST = 32;

    /** The longest element that can be one; a name of a host within it takes up to 255. */
    private static final int LONGEST = 1_000;

    /** {@code forwarded-pair} of RFC 7239, section 4, with blanks around it. */
    private static final Pattern PAIR = Pattern.compile(
            "\\s*+([!#$%&'*+.^_`|~0-9A-Za-z-]++)=(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s\";,]*+))\\s*+(;|$)");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /** {@code node-port} of RFC 7239, section 6, or nothing. */
    private static final Pattern PORT = Pattern.compile("(:([0-9]{1,5}|_[A-Za-z0-9._-]+))?");

    private ForwardedNodes() {}

    /** Returns the elements of a field, the last first, up to {@link #MOST}; those that are empty count for nothing. */
    static List<String> elements(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            addElements(lines.get(i), elements);
        }
        return elements;
    }

    /** A comma within quotation marks parts nothing. */
    private static void addElements(String line, List<String> elements) {
        boolean quoted = false;
        int end = line.length();
        for (int at = end - 1; at >= -1 && elements.size() < MOST; at--) {
            if (at >= 0 && line.charAt(at) == '"') {
                quoted = !quoted;
            } else if (at < 0 || line.charAt(at) == ',' && !quoted) {
                String element = line.substring(at + 1, end).strip();
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                end = at;
            }
        }
    }

    /** Returns whom an element of {@code Forwarded} is for, or null if it does not say so, or not as it should. */
    static @Nullable String nodeOf(String element) {
        Matcher pair = PAIR.matcher(element);
        String node = null;
        int at = 0;
        while (at < element.length()) {
            if (element.length() > LONGEST || !pair.region(at, element.length()).lookingAt()) {
                return null;
            }
            if (pair.group(1).equalsIgnoreCase("for")) {
                if (node != null) {
                    return null;
                }
                node = pair.group(2) == null
                        ? pair.group(3)
                        : ESCAPE.matcher(pair.group(2)).replaceAll("$1");
            }
            at = pair.end();
        }
        return node;
    }

    /**
     * Returns the address of a node: in numbers, IPv6 perhaps in brackets, perhaps with a port. Null if it is none, also of
     * a node that is hidden ({@code _hidden}) or {@code unknown}.
     */
    static @Nullable InetAddress addressOf(String node) {
        String text = unquoted(node);
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            int colon = text.indexOf(':');
            boolean isOf6 = colon > 0 && colon < end && isPort(text.substring(end + 1));
            return isOf6 ? AddressRange.address(text.substring(1, end)) : null;
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon != text.lastIndexOf(':')) {
            return AddressRange.address(text);
        }
        return isPort(text.substring(colon)) ? AddressRange.address(text.substring(0, colon)) : null;
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches();
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }
}
