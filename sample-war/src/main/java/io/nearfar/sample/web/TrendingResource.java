package io.nearfar.sample.web;

import io.nearfar.sample.origin.Answer;
import io.nearfar.sample.origin.Answers;
import io.nearfar.sample.trend.Trending;
import io.nearfar.sample.trend.TrendingCity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The cities people look at now. */
@RequestScoped
@Path("trending")
@Produces(MediaType.APPLICATION_JSON)
public class TrendingResource {
    @Inject
    Answers answers;

    @Inject
    Trending trending;

    @GET
    public Answer<List<TrendingCity>> now() {
        return answers.of("trending", trending::now);
    }
}
