package io.nearfar.cdi.web;

import io.nearfar.RateLimitExceededException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Makes a refusal a response with status 429, which {@link LimitResponseFilter} completes. After a mapper of the application's. */
@Priority(Priorities.USER + RefusalMapper.LATER)
public final class RefusalMapper implements ExceptionMapper<RateLimitExceededException> {
    static final int LATER = 1_000;

    /** Creates the mapper; the implementation of JAX-RS calls this. */
    public RefusalMapper() {}

    /** Returns the response to a request that was refused so. */
    @Override
    public Response toResponse(RateLimitExceededException refusal) {
        return response(refusal);
    }

    static Response response(RateLimitExceededException refusal) {
        return Response.status(LimitFields.TOO_MANY_REQUESTS)
                .entity(refusal.decision())
                .build();
    }
}
