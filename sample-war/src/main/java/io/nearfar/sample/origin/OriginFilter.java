package io.nearfar.sample.origin;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Locale;

/**
 * Says in the response's headers what its body says too: who answered, and how long that took. Clients keep none of these answers;
 * of a kept response Nearfar has told what they may.
 */
@Provider
public class OriginFilter implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putIfAbsent(HttpHeaders.CACHE_CONTROL, List.of("no-store"));
        if (response.getEntity() instanceof Answer<?> answer) {
            headers.putSingle("X-Cache-Origin", answer.from());
            headers.putSingle(
                    "Server-Timing",
                    String.format(
                            Locale.ROOT, "%s;desc=\"%s\";dur=%.3f", answer.from(), answer.cache(), answer.millis()));
        }
    }
}
