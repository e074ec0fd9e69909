package io.nearfar.sample.web;

import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.sample.origin.Answer;
import io.nearfar.sample.origin.Answers;
import io.nearfar.sample.place.Cities;
import io.nearfar.sample.place.CityEdit;
import io.nearfar.sample.place.CityPage;
import io.nearfar.sample.place.CitySearch;
import io.nearfar.sample.place.CitySummary;
import io.nearfar.sample.place.Folding;
import io.nearfar.sample.place.Neighbour;
import io.nearfar.sample.place.Neighbours;
import io.nearfar.sample.place.SearchPage;
import io.nearfar.sample.plan.Plans;
import io.nearfar.sample.signin.Roles;
import io.nearfar.sample.signin.Visitor;
import io.nearfar.sample.trend.Views;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * Cities: suggestions, search, a city's page and surroundings, and its change by an editor. Both kinds of search read the
 * names of all cities: each person may do so much, and all together on all nodes. Administrators pass.
 */
@RequestScoped
@Path("cities")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CityResource {
    private static final int NEIGHBOURS = 30;

    /** The limit of both kinds of search, whoever asks: what the database bears. */
    private static final String OF_ALL = "searches-of-all";

    private static final long MOST = 10_000;

    @Inject
    Answers answers;

    @Inject
    Cities cities;

    @Inject
    CitySearch search;

    @Inject
    Neighbours neighbours;

    @Inject
    Views views;

    @Inject
    Visitor visitor;

    @GET
    @Path("suggestions")
    @RateLimited(name = "suggestions", limit = 1_200, window = "1m", tiers = Plans.class, exemptRoles = Roles.ADMIN)
    @RateLimited(name = OF_ALL, limit = MOST, window = "1m", key = LimitKey.ALL, exemptRoles = Roles.ADMIN)
    public Answer<List<CitySummary>> suggestions(@NotNull @Size(min = 1, max = 60) @QueryParam("q") String typed) {
        String start = Folding.fold(typed);
        return answers.of("suggestions", () -> search.suggestions(start));
    }

    @GET
    @RateLimited(name = "searches", limit = 30, window = "1m", tiers = Plans.class, exemptRoles = Roles.ADMIN)
    @RateLimited(name = OF_ALL, limit = MOST, window = "1m", key = LimitKey.ALL, exemptRoles = Roles.ADMIN)
    public Answer<SearchPage> search(
            @NotNull @Size(min = 1, max = 60) @QueryParam("q") String typed,
            @Pattern(regexp = "|[A-Z]{2}") @DefaultValue("") @QueryParam("country") String country,
            @Min(0) @Max(1000) @DefaultValue("0") @QueryParam("page") int page) {
        String part = Folding.fold(typed);
        return answers.of("search", () -> search.search(part, country, page));
    }

    /** The city's page; {@code view} says that a person looks at it, and is counted. */
    @GET
    @Path("{id}")
    public Answer<CityPage> city(@PathParam("id") long id, @QueryParam("view") boolean view) {
        Answer<CityPage> page = answers.of("city", () -> cities.page(id));
        if (page.data() == null) {
            throw unknown(id);
        }
        if (view) {
            views.count(id);
        }
        return page;
    }

    @GET
    @Path("{id}/nearby")
    public Answer<List<Neighbour>> nearby(
            @PathParam("id") long id, @Min(1) @Max(500) @DefaultValue("50") @QueryParam("km") int kilometres) {
        return answers.of("nearby", () -> neighbours.near(id, kilometres, NEIGHBOURS));
    }

    /** Changes population and note, and answers with the page as everybody reads it from now on. */
    @PUT
    @Path("{id}")
    public Answer<CityPage> change(@PathParam("id") long id, @NotNull @Valid CityEdit edit) {
        visitor.mustBeEditor();
        if (cities.change(id, edit) == null) {
            throw unknown(id);
        }
        search.forgetSuggestions();
        search.forgetSearches();
        return answers.of("city", () -> cities.page(id));
    }

    private static NotFoundException unknown(long id) {
        return new NotFoundException("There is no city " + id + " in this gazetteer.");
    }
}
