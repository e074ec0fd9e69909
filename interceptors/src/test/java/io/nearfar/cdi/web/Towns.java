package io.nearfar.cdi.web;

import io.nearfar.cdi.annotation.CachedResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A resource whose responses are kept; it counts what is called for. */
@ApplicationScoped
@Path("towns")
@Produces("text/plain")
public class Towns {
    static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();
    static volatile boolean fails;
    static volatile String mayor = "ann";
    static volatile CountDownLatch begun = new CountDownLatch(0);
    static volatile CountDownLatch held = new CountDownLatch(0);

    static int calls(String what) {
        return CALLS.getOrDefault(what, new AtomicInteger()).get();
    }

    /** Tests that run one after another in a process, or once more, count for themselves. */
    static void forgetCalls() {
        CALLS.clear();
    }

    private static String called(String what) {
        CALLS.computeIfAbsent(what, none -> new AtomicInteger()).incrementAndGet();
        return what;
    }

    @GET
    @Path("plain/{id}")
    @CachedResponse(
            cacheName = "towns",
            timeToLive = "10m",
            tags = {"town:{id}", "all"})
    public String plain(@PathParam("id") int id) {
        return called("plain" + id) + " " + mayor;
    }

    @POST
    @Path("plain/{id}")
    public String change(@PathParam("id") int id, String text) {
        return called("change" + id);
    }

    @GET
    @Path("held")
    @CachedResponse(cacheName = "towns", tags = "held")
    public String held() throws InterruptedException {
        String said = called("held") + " " + mayor;
        begun.countDown();
        held.await(30, TimeUnit.SECONDS);
        return said;
    }

    @GET
    @Path("crowd/{id}")
    @CachedResponse
    public String crowd(@PathParam("id") String id) throws InterruptedException {
        begun.countDown();
        held.await(30, TimeUnit.SECONDS);
        return called("crowd" + id);
    }

    @GET
    @Path("languages")
    @CachedResponse(vary = "Accept-Language", maxAge = "0s")
    public String languages(@HeaderParam("Accept-Language") String language) {
        return called("languages") + " " + language;
    }

    @GET
    @Path("pages")
    @CachedResponse(
            parameters = {"page", "size"},
            keyPrefix = "pages",
            cacheName = "pages")
    public String pages(@QueryParam("page") @DefaultValue("1") int page) {
        return called("pages") + " " + page;
    }

    @GET
    @Path("kinds")
    @Produces({"text/plain", "text/html"})
    @CachedResponse
    public String kinds() {
        return called("kinds");
    }

    @GET
    @Path("own")
    @CachedResponse(privateToPrincipal = true, timeToLive = "1m")
    public String own(@Context SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        return called("own") + " of " + (principal == null ? "nobody" : principal.getName());
    }

    @GET
    @Path("shared")
    @CachedResponse(evenWithAuthorization = true, timeToLive = "1m")
    public String shared() {
        return called("shared");
    }

    @GET
    @Path("cookie")
    @CachedResponse
    public Response cookie() {
        return Response.ok(called("cookie"))
                .cookie(new NewCookie.Builder("town").value("7").build())
                .build();
    }

    @GET
    @Path("session")
    @CachedResponse
    public String session() {
        Objects.requireNonNull(CurrentRequest.get()).getSession();
        return called("session");
    }

    @GET
    @Path("cookie-kept")
    @CachedResponse(evenWithCookies = true)
    public Response cookieKept() {
        return Response.ok(called("cookie-kept"))
                .cookie(new NewCookie.Builder("town").value("7").build())
                .header("X-Town", "7")
                .build();
    }

    @GET
    @Path("status/{status}")
    @CachedResponse
    public Response status(@PathParam("status") int status) {
        return Response.status(status).entity(called("status" + status)).build();
    }

    @GET
    @Path("nothing")
    @CachedResponse
    public void empty(@Suspended AsyncResponse later) {
        called("nothing");
        later.resume(Response.noContent().build());
    }

    @GET
    @Path("says/{what}")
    @CachedResponse
    public Response says(@PathParam("what") String what) {
        return Response.ok(called("says-" + what)).header("Cache-Control", what).build();
    }

    @GET
    @Path("varies")
    @CachedResponse
    public Response varies() {
        return Response.ok(called("varies")).header("Vary", "X-Weather").build();
    }

    @GET
    @Path("later/{id}")
    @CachedResponse(cacheName = "towns", tags = "land:{result}")
    public CompletionStage<String> later(@PathParam("id") String id) {
        return CompletableFuture.supplyAsync(() -> called("later-" + id));
    }

    @GET
    @Path("grace/{id}")
    @CachedResponse(cacheName = "graces", timeToLive = "1ms", grace = "1h")
    public String grace(@PathParam("id") String id) {
        called("grace-" + id);
        if (fails && id.equals("thrown")) {
            throw new IllegalStateException("no town");
        } else if (fails) {
            throw new WebApplicationException(503);
        }
        return "good";
    }

    @GET
    @Path("later-grace")
    @CachedResponse(cacheName = "graces", timeToLive = "1ms", grace = "1h")
    public CompletionStage<String> laterGrace() {
        return CompletableFuture.supplyAsync(() -> {
            called("later-grace");
            if (fails) {
                throw new IllegalStateException("no town");
            }
            return "good";
        });
    }

    @GET
    @Path("limited/{id}")
    @CachedResponse(cacheName = "limited")
    public String limited(@PathParam("id") String id) {
        return called("limited-" + id);
    }

    @GET
    @Path("rescued/{id}")
    @CachedResponse(fallback = "rescue", timeToLive = "1ms")
    public String rescued(@PathParam("id") int id) {
        called("rescued" + id);
        if (fails && id == 1) {
            throw new IllegalStateException("no town");
        } else if (fails) {
            throw new WebApplicationException(503);
        }
        return "found " + id;
    }

    public String rescue(int id) {
        return called("rescue" + id) + " from " + mayor;
    }

    @GET
    @Path("lost")
    @CachedResponse(fallback = "lostToo", timeToLive = "1ms")
    public String lost() {
        throw new WebApplicationException(503);
    }

    public String lostToo() {
        throw new IllegalStateException("no fallback");
    }
}
