package io.nearfar.cdi.web.response;

import io.nearfar.cdi.cache.GeneratedKey;
import io.nearfar.cdi.web.response.ResponsePlan.KeyPlan;
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

    /** Returns the key of a request. */
    static GeneratedKey of(Asked asked, KeyPlan plan) {
        List<@Nullable Object> parts = new ArrayList<>();
        if (!plan.prefix().isEmpty()) {
            parts.add(plan.prefix());
        }
        parts.add(asked.path());
        parts.add(query(asked, plan.parameters()));
        parts.add(plan.produced() == null ? asked.header("Accept") : plan.produced());
        plan.headers().forEach(name -> parts.add(asked.header(name)));
        if (plan.withPrincipal()) {
            parts.add(asked.principal());
        }
        parts.add(asked.origin());
        return GeneratedKey.of(parts.toArray());
    }

    private static String query(Asked asked, @Nullable List<String> parameters) {
        if (parameters == null) {
            String query = asked.query();
            return query == null ? "" : query;
        }
        List<String> pairs = new ArrayList<>();
        for (String name : parameters) {
            asked.parameters(name).forEach(value -> pairs.add(encoded(name) + "=" + encoded(value)));
        }
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
