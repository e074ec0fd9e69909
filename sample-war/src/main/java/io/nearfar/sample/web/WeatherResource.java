package io.nearfar.sample.web;

import io.nearfar.sample.origin.Answer;
import io.nearfar.sample.origin.Answers;
import io.nearfar.sample.origin.Origin;
import io.nearfar.sample.place.Cities;
import io.nearfar.sample.place.CityPage;
import io.nearfar.sample.place.CitySummary;
import io.nearfar.sample.signin.Visitor;
import io.nearfar.sample.weather.Forecast;
import io.nearfar.sample.weather.Forecasts;
import io.nearfar.sample.weather.Warnings;
import io.nearfar.sample.weather.Weather;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The weather of a city. */
@RequestScoped
@Path("cities/{id}/weather")
@Produces(MediaType.APPLICATION_JSON)
public class WeatherResource {
    @Inject
    Answers answers;

    @Inject
    Cities cities;

    @Inject
    Forecasts forecasts;

    @Inject
    Warnings warnings;

    @Inject
    Visitor visitor;

    @Resource
    @SuppressWarnings("NullAway.Init") // The container sets it.
    ManagedExecutorService executor;

    @GET
    public Answer<Weather> weather(@PathParam("id") long id) {
        CitySummary city = city(id);
        return answers.of(
                "weather", Origin.SERVICE, () -> new Weather(forecasts.of(city), warnings.of(city.countryCode())));
    }

    /** For clients of the release before, which reads and writes another version of the same cache. */
    @GET
    @Path("before")
    public List<Forecast> before(@PathParam("id") long id) {
        return forecasts.asBefore(city(id));
    }

    /**
     * Ends what is probably wrong; for editors. No thread waits meanwhile: the stage is completed by one of the cache's, and the response
     * is written by one of the server's.
     */
    @POST
    @Path("doubt")
    public CompletionStage<Doubted> doubt(@PathParam("id") long id) {
        visitor.mustBeEditor();
        return forecasts.doubt(id).thenApplyAsync(Doubted::new, executor);
    }

    private CitySummary city(long id) {
        CityPage page = cities.page(id);
        if (page == null) {
            throw new NotFoundException("There is no city " + id + " in this gazetteer.");
        }
        return page.city();
    }
}
