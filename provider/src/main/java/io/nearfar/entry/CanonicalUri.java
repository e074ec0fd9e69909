package io.nearfar.entry;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one spelling of URIs that {@link URI#equals} takes for the same: scheme, host and escapes in either case. */
final class CanonicalUri {
    private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");

    private CanonicalUri() {}

    static String of(URI uri) {
        String scheme = uri.getScheme() == null ? null : uri.getScheme().toLowerCase(Locale.ROOT);
        String rest = uri.isOpaque() ? uri.getRawSchemeSpecificPart() : "//" + authority(uri) + path(uri);
        return scheme + ":" + escapes(rest) + "#" + escapes(uri.getRawFragment());
    }

    private static String authority(URI uri) {
        if (uri.getHost() == null) {
            return String.valueOf(uri.getRawAuthority());
        }
        return uri.getRawUserInfo() + "@" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + uri.getPort();
    }

    private static String path(URI uri) {
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String escapes(@Nullable String text) {
        return text == null
                ? "null"
                : ESCAPE.matcher(text).replaceAll(escape -> escape.group().toUpperCase(Locale.ROOT));
    }
}
