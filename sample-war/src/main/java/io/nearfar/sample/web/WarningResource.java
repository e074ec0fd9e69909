package io.nearfar.sample.web;

import io.nearfar.sample.signin.Visitor;
import io.nearfar.sample.weather.Heard;
import io.nearfar.sample.weather.NewWarning;
import io.nearfar.sample.weather.Warning;
import io.nearfar.sample.weather.WarningListener;
import io.nearfar.sample.weather.Warnings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Supplier;

/** Warnings of the weather, by country, and what this node has heard of them. What may be a country is said by the settings of the cache. */
@RequestScoped
@Path("warnings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WarningResource {
    @Inject
    Warnings warnings;

    @Inject
    WarningListener listener;

    @Inject
    Visitor visitor;

    /** What was heard, of whichever node, the latest first. */
    @GET
    public List<Heard> heard() {
        return listener.latest();
    }

    @GET
    @Path("{country}")
    public Warning warning(@PathParam("country") String country) {
        return known(() -> warnings.of(country));
    }

    @PUT
    @Path("{country}")
    public Warning warn(@PathParam("country") String country, @NotNull @Valid NewWarning warning) {
        visitor.mustBeEditor();
        return known(() -> {
            warnings.warn(country, warning);
            return warnings.of(country);
        });
    }

    @DELETE
    @Path("{country}")
    public Warning end(@PathParam("country") String country) {
        visitor.mustBeEditor();
        return known(() -> {
            warnings.end(country);
            return warnings.of(country);
        });
    }

    /** The cache refuses keys that nobody meant, before anything is done. */
    private static Warning known(Supplier<Warning> task) {
        try {
            return task.get();
        } catch (IllegalArgumentException refused) {
            throw new BadRequestException("A country is named by its two capital letters.", refused);
        }
    }
}
