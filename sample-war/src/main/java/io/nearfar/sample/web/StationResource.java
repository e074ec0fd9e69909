package io.nearfar.sample.web;

import io.nearfar.sample.signin.Visitor;
import io.nearfar.sample.weather.Forecasts;
import io.nearfar.sample.weather.Span;
import io.nearfar.sample.weather.Station;
import io.nearfar.sample.weather.StationState;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The weather service as this node has it, and what the nodes keep of what it told. */
@RequestScoped
@Path("weather")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class StationResource {
    @Inject
    Station station;

    @Inject
    Forecasts forecasts;

    @Inject
    Visitor visitor;

    @GET
    public StationState state() {
        return station.state();
    }

    /** Puts the service out of this node's reach, or back into it; for editors. */
    @PUT
    public StationState reach(@NotNull Reach wanted) {
        visitor.mustBeEditor();
        station.setReachable(wanted.reachable());
        return station.state();
    }

    /** Forgets what was told of a span, of every place, on all nodes; for editors. */
    @DELETE
    @Path("{span}")
    public void forget(@PathParam("span") String label) {
        visitor.mustBeEditor();
        Span span = Span.of(label).orElseThrow(() -> new NotFoundException("There is no forecast for " + label + "."));
        forecasts.forget(span.label());
    }
}
