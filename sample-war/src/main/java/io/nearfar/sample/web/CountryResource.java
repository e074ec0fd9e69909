package io.nearfar.sample.web;

import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.sample.origin.Answer;
import io.nearfar.sample.origin.Answers;
import io.nearfar.sample.place.CitySummary;
import io.nearfar.sample.place.Countries;
import io.nearfar.sample.place.CountrySummary;
import io.nearfar.sample.place.RegionSummary;
import io.nearfar.sample.place.World;
import io.nearfar.sample.place.WorldMap;
import io.nearfar.sample.signin.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Countries, their regions, the regions' cities, and the map of them all. */
@RequestScoped
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class CountryResource {
    @Inject
    Answers answers;

    @Inject
    Countries countries;

    @Inject
    World world;

    @Inject
    Visitor visitor;

    @GET
    @Path("countries")
    public Answer<List<CountrySummary>> countries() {
        return answers.of("countries", countries::all);
    }

    @GET
    @Path("countries/{code}/regions")
    public Answer<List<RegionSummary>> regions(@Pattern(regexp = "[A-Z]{2}") @PathParam("code") String code) {
        return answers.of("regions", () -> countries.regions(code));
    }

    /**
     * The most populous cities of a country. The response itself is kept, once for everybody, and ends with its tag; clients ask each
     * time, and get a 304 while they have it.
     */
    @GET
    @Path("countries/{code}/largest")
    @CachedResponse(
            cacheName = "largest",
            parameters = {},
            tags = "country:{code}",
            evenWithAuthorization = true)
    public List<CitySummary> largest(@Pattern(regexp = "[A-Z]{2}") @PathParam("code") String code) {
        return countries.top(code);
    }

    /** Declares out of date what lists the cities of a country, on all nodes; for editors. */
    @POST
    @Path("countries/{code}/out-of-date")
    public void forget(@Pattern(regexp = "[A-Z]{2}") @PathParam("code") String code) {
        visitor.mustBeEditor();
        countries.forget(code);
    }

    @GET
    @Path("regions/{code}/cities")
    public Answer<List<CitySummary>> cities(@Size(max = 16) @PathParam("code") String code) {
        return answers.of("region", () -> countries.largest(code));
    }

    @GET
    @Path("map")
    public Answer<WorldMap> map() {
        return answers.of("map", world::map);
    }
}
