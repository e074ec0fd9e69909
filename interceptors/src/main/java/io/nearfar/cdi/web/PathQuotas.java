package io.nearfar.cdi.web;

import io.nearfar.PathLimit;
import io.nearfar.Quota;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the quotas of a request that limits of paths give. */
final class PathQuotas {
    private final WebLimits.Opened open;
    private final HttpServletRequest request;

    PathQuotas(WebLimits.Opened open, HttpServletRequest request) {
        this.open = open;
        this.request = request;
    }

    /** Returns them; empty if no limit holds for the request. */
    List<Quota> find() {
        List<PathLimit> limits = open.settings().limits();
        if (limits.isEmpty()) {
            return List.of();
        }
        String served = served();
        String written = written();
        return limits.stream()
                .filter(limit -> limit.matches(served) || limit.matches(written))
                .map(this::quota)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the path within the application, as the server has decoded and cleaned it. */
    private String served() {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    /** Servers differ in what they make of {@code /a;x/b} and of {@code //a}; frameworks read each segment without its parameters. */
    private String written() {
        String uri = request.getRequestURI();
        String context = request.getContextPath();
        String rest = uri.startsWith(context) ? uri.substring(context.length()) : uri;
        StringBuilder path = new StringBuilder();
        for (String segment : rest.split("/")) {
            String bare = QueryText.decoded(segment.split(";", 2)[0].replace("+", "%2B"));
            if (!bare.isEmpty()) {
                path.append('/').append(bare);
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private @Nullable Quota quota(PathLimit limit) {
        return switch (limit.by()) {
            case ALL -> limit.limit().forAll();
            case ADDRESS -> limit.limit().of(address());
            case USER -> {
                String user = user();
                yield user == null ? null : limit.limit().of(user);
            }
            case CLIENT -> limit.limit().of(Objects.requireNonNullElseGet(user(), this::address));
        };
    }

    /** A user may have the name of an address, and is none. Keys are those of annotations, so that one name is one count. */
    private @Nullable String user() {
        Principal principal = request.getUserPrincipal();
        return principal == null || principal.getName() == null ? null : "user=" + principal.getName();
    }

    /** Who has no address is counted with all others who have none. */
    private String address() {
        String address = open.address(request);
        return address == null ? "" : "address=" + address;
    }
}
