package io.nearfar.cdi.web;

import io.nearfar.Decision;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.util.Map;

/** Has responses of JAX-RS tell what was decided about their requests. */
public final class LimitResponseFilter implements ContainerResponseFilter {
    private static final Annotation[] NONE = {};

    private final Clock clock = Clock.systemUTC();

    /** Creates the filter; the implementation of JAX-RS calls this. */
    public LimitResponseFilter() {}

    /** Adds the fields and, to a refusal, its body. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Seen seen = Seen.of(request);
        WebLimits.Opened open = seen == null ? null : seen.limits().open();
        if (response.getStatus() == LimitFields.TOO_MANY_REQUESTS
                && response.getEntity() instanceof Decision decision) {
            refuse(open == null ? LimitFields.STANDARD : open.fields(), decision, response);
        } else if (seen != null && open != null) {
            add(open.fields().ofAdmitted(seen.told().uses(), clock.instant()), response);
        }
    }

    private static void refuse(LimitFields fields, Decision decision, ContainerResponseContext response) {
        add(fields.ofDenied(decision), response);
        response.setEntity(fields.problem(decision), NONE, MediaType.valueOf(LimitFields.PROBLEM));
    }

    private static void add(Map<String, String> fields, ContainerResponseContext response) {
        fields.forEach(response.getHeaders()::putSingle);
    }
}
