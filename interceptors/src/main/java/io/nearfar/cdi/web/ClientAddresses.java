package io.nearfar.cdi.web;

import io.nearfar.AddressRange;
import io.nearfar.HttpSettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the address by which a client's requests are counted. It is that of who connects or, where that is a proxy that is
 * trusted, the nearest one behind it that is not. Looks up no name. Safe for use by several threads.
 */
final class ClientAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);
    private static final String FORWARDED = "Forwarded";
    private static final String X_FORWARDED_FOR = "X-Forwarded-For";

    private final List<AddressRange> trusted;
    private final HttpSettings.Forwarding forwarding;
    private final int prefix;
    private final AtomicBoolean told = new AtomicBoolean();

    ClientAddresses(HttpSettings settings) {
        this.trusted = settings.trustedProxies();
        this.forwarding = settings.forwarding();
        this.prefix = settings.ipv6Prefix();
    }

    /**
     * Returns the address: an IPv4 address in numbers, of an IPv6 address the range that its client may be in; or null if
     * who connects has none.
     *
     * @param peer the address of who connects, as the server gives it
     * @param fields gives the lines of a field of the request by its name, in the order of the request
     */
    @Nullable
    String of(@Nullable String peer, Function<String, List<String>> fields) {
        InetAddress nearest = peer == null ? null : AddressRange.address(peer);
        if (nearest == null) {
            return null;
        }
        if (!isTrusted(nearest)) {
            tellUnheeded(nearest, fields);
            return text(nearest);
        }
        List<String> lines = fields.apply(field());
        tellOther(lines, fields);
        return text(behind(nearest, ForwardedNodes.elements(lines)));
    }

    /** What a proxy that is trusted does not know, hides or garbles, is counted as its own. */
    private InetAddress behind(InetAddress proxy, List<String> elements) {
        InetAddress last = proxy;
        for (String element : elements) {
            InetAddress next = address(element);
            if (next == null) {
                return last;
            }
            last = next;
            if (!isTrusted(last)) {
                return last;
            }
        }
        return last;
    }

    private @Nullable InetAddress address(String element) {
        String node = forwarding == HttpSettings.Forwarding.FORWARDED ? ForwardedNodes.nodeOf(element) : element;
        return node == null ? null : ForwardedNodes.addressOf(node);
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private String text(InetAddress address) {
        return address instanceof Inet6Address
                ? AddressRange.around(address, prefix).toString()
                : address.getHostAddress();
    }

    private String field() {
        return forwarding == HttpSettings.Forwarding.FORWARDED ? FORWARDED : X_FORWARDED_FOR;
    }

    private String otherField() {
        return forwarding == HttpSettings.Forwarding.FORWARDED ? X_FORWARDED_FOR : FORWARDED;
    }

    private void tellUnheeded(InetAddress peer, Function<String, List<String>> fields) {
        boolean isTold = !trusted.isEmpty() || told.get();
        if (!isTold && isForwarded(fields) && told.compareAndSet(false, true)) {
            LOG.warn(
                    "NF0900 Requests come with {} or {}, and no proxy is trusted: each that connects counts as one client, such"
                            + " as {}. If that is a proxy of yours, set nearfar.http.trusted-proxies = {}",
                    X_FORWARDED_FOR,
                    FORWARDED,
                    peer.getHostAddress(),
                    peer.getHostAddress());
        }
    }

    private static boolean isForwarded(Function<String, List<String>> fields) {
        return !fields.apply(X_FORWARDED_FOR).isEmpty()
                || !fields.apply(FORWARDED).isEmpty();
    }

    private void tellOther(List<String> lines, Function<String, List<String>> fields) {
        boolean isTold = !lines.isEmpty() || told.get();
        if (!isTold && !fields.apply(otherField()).isEmpty() && told.compareAndSet(false, true)) {
            LOG.warn(
                    "NF0901 A trusted proxy sends {} and no {}, which is read: all that it asks for counts as one client."
                            + " Set nearfar.http.forwarding to what your proxies write",
                    otherField(),
                    field());
        }
    }
}
