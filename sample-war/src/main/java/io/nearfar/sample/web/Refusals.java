package io.nearfar.sample.web;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.stream.Collectors;

/** Answers with the rules that a request's values break. */
@Provider
public class Refusals implements ExceptionMapper<ConstraintViolationException> {
    @Override
    public Response toResponse(ConstraintViolationException refused) {
        String sentence = refused.getConstraintViolations().stream()
                .map(violation -> value(violation) + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        return Problems.problem(Status.BAD_REQUEST.getStatusCode(), sentence);
    }

    private static String value(ConstraintViolation<?> violation) {
        String name = "";
        for (Path.Node node : violation.getPropertyPath()) {
            name = node.getName();
        }
        return name;
    }
}
