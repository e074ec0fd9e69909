package io.nearfar.sample.web;

import io.nearfar.sample.live.Live;
import io.nearfar.sample.live.LiveNode;
import io.nearfar.sample.live.LiveSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What the caches of this node do, for the live view to poll. */
@RequestScoped
@Path("live")
@Produces(MediaType.APPLICATION_JSON)
public class LiveResource {
    @Inject
    Live live;

    @GET
    public LiveNode now() {
        return live.now();
    }

    /** How one of them is set, and by whom. */
    @GET
    @Path("{cache}")
    public LiveSettings settings(@PathParam("cache") String cache) {
        return live.settings(cache)
                .orElseThrow(() -> new NotFoundException("This node has no cache of the name " + cache + "."));
    }
}
