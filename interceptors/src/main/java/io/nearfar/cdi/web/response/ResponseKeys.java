package io.nearfar.cdi.web.response;

import io.nearfar.cdi.cache.GeneratedKey;
import io.nearfar.cdi.web.response.ResponsePlan.KeyPlan;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys of requests. Path and query come first, for who looks for them or names what they begin with; scheme and host
 * count, since responses may hold addresses (RFC 9111, section 2).
 */
final class ResponseKeys {
    private ResponseKeys() {}

    /** Returns the key of a request; {@code principal} is who asks, if that counts. */
    static GeneratedKey of(ContainerRequestContext context, KeyPlan plan, @Nullable String principal) {
        UriInfo info = context.getUriInfo();
        URI uri = info.getRequestUri();
        List<@Nullable Object> parts = new ArrayList<>();
        if (!plan.prefix().isEmpty()) {
            parts.add(plan.prefix());
        }
        parts.add(uri.getRawPath());
        parts.add(query(uri, info, plan.parameters()));
        parts.add(plan.produced() == null ? context.getHeaderString(HttpHeaders.ACCEPT) : plan.produced());
        plan.headers().forEach(name -> parts.add(context.getHeaderString(name)));
        if (plan.withPrincipal()) {
            parts.add(principal);
        }
        parts.add(uri.getScheme() + "://" + uri.getRawAuthority());
        return GeneratedKey.of(parts.toArray());
    }

    private static String query(URI uri, UriInfo info, @Nullable List<String> parameters) {
        if (parameters == null) {
            return uri.getRawQuery() == null ? "" : uri.getRawQuery();
        }
        List<String> pairs = new ArrayList<>();
        for (String name : parameters) {
            info.getQueryParameters()
                    .getOrDefault(name, List.of())
                    .forEach(value -> pairs.add(encoded(name) + "=" + encoded(value)));
        }
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
