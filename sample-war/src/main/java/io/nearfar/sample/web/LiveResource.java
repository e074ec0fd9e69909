package io.nearfar.sample.web;

import io.nearfar.sample.live.Doubted;
import io.nearfar.sample.live.Doubts;
import io.nearfar.sample.live.Live;
import io.nearfar.sample.live.LiveNode;
import io.nearfar.sample.signin.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** What the caches of this node do, for the live view to poll. */
@RequestScoped
@Path("live")
@Produces(MediaType.APPLICATION_JSON)
public class LiveResource {
    @Inject
    Live live;

    @Inject
    Doubts doubts;

    @Inject
    Visitor visitor;

    @GET
    public LiveNode now() {
        return live.now();
    }

    /** Ends what a cache holds, on all nodes, and keeps it for loads that fail; for editors. */
    @POST
    @Path("{cache}/expired")
    public CompletionStage<Doubted> doubt(@PathParam("cache") String cache) {
        visitor.mustBeEditor();
        return doubts.about(cache)
                .orElseThrow(() -> new NotFoundException("There is no such cache."))
                .thenApply(Doubted::new);
    }
}
