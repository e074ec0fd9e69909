package io.nearfar.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses as people write them: one URL, one with several hosts, or several URLs separated by commas or blanks.
 * No text of a refusal holds a user or a password.
 */
final class AddressReader {
    private static final Map<String, Boolean> TLS_BY_SCHEME =
            Map.of("redis", false, "rediss", true, "valkey", false, "valkeys", true);
    private static final Pattern BETWEEN_URLS = Pattern.compile("[,\\s]+(?=[A-Za-z][A-Za-z0-9+.-]*://)");

    /** Scheme, credentials up to the last at sign, hosts, path, rest. */
    private static final Pattern URL =
            Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*)://(?:(.*)@)?([^/?#@]*)(?:/([^?#]*))?([?#].*)?");

    private AddressReader() {}

    /** Tells whether {@code scheme} is one of an address. */
    static boolean isScheme(@Nullable String scheme) {
        return scheme != null && TLS_BY_SCHEME.containsKey(scheme.toLowerCase(Locale.ROOT));
    }

    /** Tells whether an address asks for encryption, be it right or wrong otherwise. */
    static boolean asksForTls(String text) {
        int scheme = Math.max(0, text.indexOf(':'));
        return TLS_BY_SCHEME.getOrDefault(text.substring(0, scheme).strip().toLowerCase(Locale.ROOT), false);
    }

    /** Returns what the address says. */
    static WrittenAddress read(String text) throws WrongAddressException {
        List<WrittenAddress> urls = new ArrayList<>();
        for (String url : BETWEEN_URLS.split(text.strip(), -1)) {
            urls.add(readUrl(url.strip()));
        }
        return joined(urls);
    }

    private static WrittenAddress joined(List<WrittenAddress> urls) throws WrongAddressException {
        WrittenAddress first = urls.get(0);
        List<String> hosts = new ArrayList<>();
        for (WrittenAddress url : urls) {
            if (!url.follows(first)) {
                throw new WrongAddressException(
                        "the URLs of the list differ in scheme, user, password or what follows the"
                                + " slash. Write these in the first alone, or the same in all.");
            }
            hosts.addAll(url.hosts());
        }
        return first.withHosts(List.copyOf(hosts));
    }

    private static WrittenAddress readUrl(String url) throws WrongAddressException {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new WrongAddressException(
                    "the scheme is missing. Write redis://host:6379, or rediss://host:6379 for TLS.");
        }
        if (parts.group(5) != null) {
            throw new WrongAddressException(
                    "what follows ? or # is not read. Leave it out and use settings; in a password"
                            + " write %3F for ? and %23 for #.");
        }
        return new WrittenAddress(
                tls(parts.group(1)),
                Credentials.read(parts.group(2)),
                HostReader.read(parts.group(3)),
                DatabasePath.read(parts.group(4)));
    }

    private static boolean tls(String scheme) throws WrongAddressException {
        Boolean tls = TLS_BY_SCHEME.get(scheme.toLowerCase(Locale.ROOT));
        if (tls == null) {
            throw new WrongAddressException("the scheme " + scheme
                    + " is not one of redis, rediss, valkey, valkeys. Sentinels are written"
                    + " redis://sentinel1,sentinel2/mymaster, a cluster redis://host1,host2.");
        }
        return tls;
    }
}
