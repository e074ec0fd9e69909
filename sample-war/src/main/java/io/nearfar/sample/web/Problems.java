package io.nearfar.sample.web;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Answers with a problem in JSON where a request failed; what was our fault is logged. */
@Provider
public class Problems implements ExceptionMapper<RuntimeException> {
    private static final Logger LOG = System.getLogger(Problems.class.getName());

    @Override
    public Response toResponse(RuntimeException failure) {
        if (failure instanceof WebApplicationException told) {
            return problem(told.getResponse().getStatus(), String.valueOf(told.getMessage()));
        }
        if (failure instanceof ProcessingException unreadable) {
            return problem(
                    Status.BAD_REQUEST.getStatusCode(), "The request cannot be read: " + unreadable.getMessage());
        }
        LOG.log(Level.ERROR, "a request failed", failure);
        return problem(Status.INTERNAL_SERVER_ERROR.getStatusCode(), "Something went wrong here; the log says what.");
    }

    static Response problem(int status, String sentence) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem(status, sentence))
                .build();
    }
}
