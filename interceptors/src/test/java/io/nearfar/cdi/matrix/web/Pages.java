package io.nearfar.cdi.matrix.web;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.annotation.CachedResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** Resources with {@code @CachedResponse}, one page for each member and no two alike: the same pages are written at each kind of place. */
final class Pages {
    static final List<Class<?>> BEANS = List.of(Own.class, Below.class, Known.class, Later.class);

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final AtomicInteger FAILURES = new AtomicInteger();
    static final String FAIL = "X-Fail";

    private Pages() {}

    static String made() {
        return "made " + CALLS.incrementAndGet();
    }

    private static String madeUnless(@Nullable String fail) {
        if (fail != null) {
            FAILURES.incrementAndGet();
            throw new WebApplicationException(503);
        }
        return made();
    }

    private static Response withCookie() {
        return Response.ok(made())
                .cookie(new NewCookie.Builder("page").value("7").build())
                .build();
    }

    @ApplicationScoped
    @Path("pages")
    @Produces("text/plain")
    public static class Own {
        /** Ends what is in a cache: what has a tag, or keys that begin so, or all. */
        @POST
        @Path("end")
        public void end(
                @QueryParam("cache") String name,
                @QueryParam("tag") @Nullable String tag,
                @QueryParam("prefix") @Nullable String prefix) {
            Cache<Object, Object> cache = manager().getCache(name);
            if (cache == null) {
                return;
            }
            if (tag != null) {
                cache.unwrap(NearfarCache.class).invalidateTag(tag);
            } else if (prefix != null) {
                cache.unwrap(NearfarCache.class).invalidatePrefix(prefix);
            } else {
                cache.clear();
            }
        }

        /** Has the caches reach their server, and tells how it is. */
        @GET
        @Path("reached")
        public String reached() {
            NearfarManager manager = manager().unwrap(NearfarManager.class);
            manager.connect();
            return manager.health().state().name();
        }

        private static CacheManager manager() {
            return CDI.current().select(CacheManager.class).get();
        }

        /** How many calls have failed. */
        @GET
        @Path("failures")
        public String failures() {
            return FAILURES.toString();
        }

        @GET
        @Path("plain")
        public String plain() {
            return made();
        }

        @GET
        @Path("named")
        @CachedResponse(cacheName = "mx-pages")
        public String named() {
            return made();
        }

        @GET
        @Path("brief")
        @CachedResponse(timeToLive = "1ms")
        public String brief() {
            return made();
        }

        @GET
        @Path("lasting")
        @CachedResponse(timeToLive = "10m")
        public String lasting() {
            return made();
        }

        @GET
        @Path("aged")
        @CachedResponse(timeToLive = "10m", maxAge = "7s")
        public String aged() {
            return made();
        }

        @GET
        @Path("grace")
        @CachedResponse(timeToLive = "1ms", grace = "1h")
        public String grace(@HeaderParam(FAIL) @Nullable String fail) {
            return madeUnless(fail);
        }

        @GET
        @Path("rescued")
        @CachedResponse(fallback = "instead")
        public String rescued(@HeaderParam(FAIL) @Nullable String fail) {
            return madeUnless(fail);
        }

        @GET
        @Path("languages")
        @CachedResponse(vary = "Accept-Language")
        public String languages() {
            return made();
        }

        @GET
        @Path("parts")
        @CachedResponse(parameters = "part")
        public String parts(@QueryParam("part") String part) {
            return made();
        }

        @GET
        @Path("prefixed")
        @CachedResponse(cacheName = "mx-prefixed", keyPrefix = "mx-start")
        public String prefixed() {
            return made();
        }

        @GET
        @Path("tagged/{id}")
        @CachedResponse(
                cacheName = "mx-tagged",
                tags = {"page:{id}", "made:{result}"})
        public String tagged(@PathParam("id") String id) {
            return made();
        }

        @GET
        @Path("own")
        @CachedResponse(privateToPrincipal = true)
        public String own() {
            return made();
        }

        @GET
        @Path("shared")
        @CachedResponse(evenWithAuthorization = true)
        public String shared() {
            return made();
        }

        @GET
        @Path("cookie-kept")
        @CachedResponse(evenWithCookies = true)
        public Response cookieKept() {
            return withCookie();
        }

        public String instead() {
            return "instead";
        }

        @GET
        @Path("cookie")
        @CachedResponse
        public Response cookie() {
            return withCookie();
        }
    }

    @ApplicationScoped
    @Typed(Below.class)
    @Path("pages-below")
    public static class Below extends Own {}

    /** No resource itself: a subclass says of which type its pages are. */
    @Produces("text/plain")
    public abstract static class Open<R> {
        /** Makes one, unless a request wants a failure. */
        protected abstract R page(@Nullable String fail);

        @GET
        @Path("named")
        @CachedResponse(cacheName = "mx-pages")
        public R named() {
            return page(null);
        }

        @GET
        @Path("brief")
        @CachedResponse(timeToLive = "1ms")
        public R brief() {
            return page(null);
        }

        @GET
        @Path("lasting")
        @CachedResponse(timeToLive = "10m")
        public R lasting() {
            return page(null);
        }

        @GET
        @Path("aged")
        @CachedResponse(timeToLive = "10m", maxAge = "7s")
        public R aged() {
            return page(null);
        }

        @GET
        @Path("grace")
        @CachedResponse(timeToLive = "1ms", grace = "1h")
        public R grace(@HeaderParam(FAIL) @Nullable String fail) {
            return page(fail);
        }

        @GET
        @Path("rescued")
        @CachedResponse(fallback = "instead")
        public R rescued(@HeaderParam(FAIL) @Nullable String fail) {
            return page(fail);
        }

        @GET
        @Path("languages")
        @CachedResponse(vary = "Accept-Language")
        public R languages() {
            return page(null);
        }

        @GET
        @Path("parts")
        @CachedResponse(parameters = "part")
        public R parts(@QueryParam("part") String part) {
            return page(null);
        }

        @GET
        @Path("prefixed")
        @CachedResponse(cacheName = "mx-prefixed", keyPrefix = "mx-start")
        public R prefixed() {
            return page(null);
        }

        @GET
        @Path("tagged/{id}")
        @CachedResponse(
                cacheName = "mx-tagged",
                tags = {"page:{id}", "made:{result}"})
        public R tagged(@PathParam("id") String id) {
            return page(null);
        }

        @GET
        @Path("own")
        @CachedResponse(privateToPrincipal = true)
        public R own() {
            return page(null);
        }

        @GET
        @Path("shared")
        @CachedResponse(evenWithAuthorization = true)
        public R shared() {
            return page(null);
        }

        @GET
        @Path("cookie-kept")
        @CachedResponse(evenWithCookies = true)
        public Response cookieKept() {
            return withCookie();
        }

        public String instead() {
            return "instead";
        }
    }

    @ApplicationScoped
    @Path("pages-open")
    public static class Known extends Open<String> {
        @Override
        protected String page(@Nullable String fail) {
            return madeUnless(fail);
        }
    }

    @ApplicationScoped
    @Path("pages-later")
    @Produces("text/plain")
    public static class Later {
        @GET
        @Path("named")
        @CachedResponse(cacheName = "mx-pages")
        public CompletionStage<String> named() {
            return later(() -> Pages.made());
        }

        @GET
        @Path("brief")
        @CachedResponse(timeToLive = "1ms")
        public CompletionStage<String> brief() {
            return later(() -> Pages.made());
        }

        @GET
        @Path("lasting")
        @CachedResponse(timeToLive = "10m")
        public CompletionStage<String> lasting() {
            return later(() -> Pages.made());
        }

        @GET
        @Path("aged")
        @CachedResponse(timeToLive = "10m", maxAge = "7s")
        public CompletionStage<String> aged() {
            return later(() -> Pages.made());
        }

        @GET
        @Path("grace")
        @CachedResponse(timeToLive = "1ms", grace = "1h")
        public CompletionStage<String> grace(@HeaderParam(FAIL) @Nullable String fail) {
            return later(() -> Pages.madeUnless(fail));
        }

        @GET
        @Path("rescued")
        @CachedResponse(fallback = "instead")
        public CompletionStage<String> rescued(@HeaderParam(FAIL) @Nullable String fail) {
            return later(() -> Pages.madeUnless(fail));
        }

        @GET
        @Path("languages")
        @CachedResponse(vary = "Accept-Language")
        public CompletionStage<String> languages() {
            return later(() -> Pages.made());
        }

        @GET
        @Path("parts")
        @CachedResponse(parameters = "part")
        public CompletionStage<String> parts(@QueryParam("part") String part) {
            return later(() -> Pages.made());
        }

        @GET
        @Path("prefixed")
        @CachedResponse(cacheName = "mx-prefixed", keyPrefix = "mx-start")
        public CompletionStage<String> prefixed() {
            return later(() -> Pages.made());
        }

        @GET
        @Path("tagged/{id}")
        @CachedResponse(
                cacheName = "mx-tagged",
                tags = {"page:{id}", "made:{result}"})
        public CompletionStage<String> tagged(@PathParam("id") String id) {
            return later(() -> Pages.made());
        }

        @GET
        @Path("own")
        @CachedResponse(privateToPrincipal = true)
        public CompletionStage<String> own() {
            return later(() -> Pages.made());
        }

        @GET
        @Path("shared")
        @CachedResponse(evenWithAuthorization = true)
        public CompletionStage<String> shared() {
            return later(() -> Pages.made());
        }

        @GET
        @Path("cookie-kept")
        @CachedResponse(evenWithCookies = true)
        public CompletionStage<Response> cookieKept() {
            return later(() -> Pages.withCookie());
        }

        public String instead() {
            return "instead";
        }

        private static <T> CompletionStage<T> later(Supplier<T> page) {
            return CompletableFuture.supplyAsync(page);
        }
    }
}
