package io.nearfar.cdi.matrix.web;

import static io.nearfar.cdi.matrix.web.Site.comes;
import static io.nearfar.cdi.matrix.web.Site.header;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.annotation.CachedResponse;
import jakarta.enterprise.context.ApplicationScoped;
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
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** {@code @CachedResponse}: no two calls of a method answer alike. */
final class ResponseCells {
    static final List<Class<?>> BEANS = List.of(Pages.class, Heir.class, Overriding.class, Answering.class);

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final String FAIL = "X-Fail";

    private ResponseCells() {}

    private static String made() {
        return "made " + CALLS.incrementAndGet();
    }

    @ApplicationScoped
    @Path("pages")
    @Produces("text/plain")
    public static class Pages {
        private final AtomicInteger failures = new AtomicInteger();

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
            return failures.toString();
        }

        private String madeUnless(@Nullable String fail) {
            if (fail != null) {
                failures.incrementAndGet();
                throw new WebApplicationException(503);
            }
            return made();
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

        public String instead() {
            return "instead";
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
        public String tagged(@PathParam("id") int id) {
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
        @Path("cookie")
        @CachedResponse
        public Response cookie() {
            return withCookie();
        }

        @GET
        @Path("cookie-kept")
        @CachedResponse(evenWithCookies = true)
        public Response cookieKept() {
            return withCookie();
        }

        private static Response withCookie() {
            return Response.ok(made())
                    .cookie(new NewCookie.Builder("page").value("7").build())
                    .build();
        }

        @GET
        @Path("later/{id}")
        @CachedResponse(cacheName = "mx-tagged", tags = "page:{id}")
        public CompletionStage<String> later(@PathParam("id") int id) {
            return CompletableFuture.supplyAsync(ResponseCells::made);
        }
    }

    /** No resource itself. */
    @Produces("text/plain")
    public abstract static class Bequest<K> {
        /** Of a type that the subclass says. */
        protected abstract K made(String what);

        @GET
        @Path("{id}")
        @CachedResponse(cacheName = "mx-tagged", tags = "heir:{id}")
        public K find(@PathParam("id") String id) {
            return made(id);
        }
    }

    @ApplicationScoped
    @Path("heirs")
    public static class Heir extends Bequest<String> {
        @Override
        protected String made(String what) {
            return ResponseCells.made();
        }
    }

    @ApplicationScoped
    @Path("overriding")
    public static class Overriding extends Bequest<String> {
        @Override
        protected String made(String what) {
            return ResponseCells.made();
        }

        @Override
        public String find(String id) {
            return ResponseCells.made();
        }
    }

    /** What a resource answers. */
    @Produces("text/plain")
    public interface Asked {
        /** One page. */
        @GET
        @CachedResponse
        String ask();
    }

    @ApplicationScoped
    @Path("answering")
    public static class Answering implements Asked {
        @Override
        public String ask() {
            return made();
        }
    }

    static List<WebCell> members() {
        return List.of(
                cell(
                        "cacheName",
                        "METHOD",
                        site -> !ends(site, "named", "cache=mx-other") && ends(site, "named", "cache=mx-pages")),
                cell("timeToLive", "METHOD", site -> {
                    String first = site.body("pages/brief");
                    return site.keeps("pages/lasting")
                            && cacheControl(site, "lasting").equals("public, max-age=600")
                            && comes(() -> !site.body("pages/brief").equals(first));
                }),
                cell("maxAge", "METHOD", site -> cacheControl(site, "aged").equals("public, max-age=7")),
                cell("grace", "METHOD", ResponseCells::isGraceful),
                cell(
                        "fallback",
                        "METHOD",
                        site -> site.body("pages/rescued", FAIL, "yes").equals("instead")
                                && site.body("pages/rescued").startsWith("made")),
                cell("vary", "METHOD", site -> {
                    String german = site.body("pages/languages", "Accept-Language", "de");
                    HttpResponse<String> again = site.get("pages/languages", "Accept-Language", "de");
                    return again.body().equals(german)
                            && header(again, "Vary").equals("Accept-Language")
                            && !site.body("pages/languages", "Accept-Language", "en")
                                    .equals(german);
                }),
                cell("parameters", "METHOD", site -> {
                    String first = site.body("pages/parts?part=1&session=a");
                    return site.body("pages/parts?part=1&session=b").equals(first)
                            && !site.body("pages/parts?part=2&session=a").equals(first);
                }),
                cell(
                        "keyPrefix",
                        "METHOD",
                        site -> !ends(site, "prefixed", "cache=mx-prefixed&prefix=mx-other")
                                && ends(site, "prefixed", "cache=mx-prefixed&prefix=mx-start")),
                cell("tags", "METHOD", site -> endsByTag(site, "pages/tagged/1", "page:1", "page:2")));
    }

    static List<WebCell> persons() {
        return List.of(
                cell("privateToPrincipal", "METHOD", site -> {
                    String ofAnn = site.body("pages/own", Persons.PERSON, "ann");
                    HttpResponse<String> again = site.get("pages/own", Persons.PERSON, "ann");
                    return again.body().equals(ofAnn)
                            && header(again, "Cache-Control").startsWith("private")
                            && !site.body("pages/own", Persons.PERSON, "bob").equals(ofAnn)
                            && !site.keeps("pages/own");
                }),
                cell(
                        "evenWithAuthorization",
                        "METHOD",
                        site -> site.keeps("pages/shared", Persons.PERSON, "ann")
                                && site.body("pages/shared", Persons.PERSON, "bob")
                                        .equals(site.body("pages/shared"))
                                && !site.keeps("pages/named", Persons.PERSON, "ann")),
                cell("evenWithCookies", "METHOD", site -> {
                    HttpResponse<String> first = site.get("pages/cookie-kept");
                    HttpResponse<String> second = site.get("pages/cookie-kept");
                    return header(first, "Set-Cookie").startsWith("page=")
                            && header(second, "Set-Cookie").isEmpty()
                            && second.body().equals(first.body())
                            && !site.keeps("pages/cookie");
                }));
    }

    static List<WebCell> places() {
        return List.of(
                new WebCell("CachedResponse", "METHOD", site -> {
                    HttpResponse<String> first = site.get("pages/named");
                    HttpResponse<String> second = site.get("pages/named");
                    return !site.keeps("pages/plain")
                            && second.body().equals(first.body())
                            && header(second, "Age").matches("\\d+")
                            && header(second, "ETag").startsWith("W/")
                            && site.get("pages/named", "If-None-Match", header(first, "ETag"))
                                            .statusCode()
                                    == 304;
                }),
                new WebCell("CachedResponse", "INHERITED", site -> site.keeps("heirs/1")),
                new WebCell("CachedResponse", "OVERRIDDEN", site -> site.keeps("overriding/1")),
                new WebCell("CachedResponse", "INTERFACE", site -> site.keeps("answering")),
                cell("tags", "GENERIC", site -> endsByTag(site, "heirs/2", "heir:2", "heir:3")),
                cell("tags", "ASYNCHRONOUS", site -> endsByTag(site, "pages/later/3", "page:3", "page:4")));
    }

    /** A call that fails is made, and answered for by what was answered before. */
    private static boolean isGraceful(Site site) throws IOException, InterruptedException {
        site.body("pages/grace");
        String before = site.body("pages/failures");
        return comes(() -> site.body("pages/grace", FAIL, "yes").startsWith("made")
                && !site.body("pages/failures").equals(before));
    }

    private static String cacheControl(Site site, String page) throws IOException, InterruptedException {
        return header(site.get("pages/" + page), "Cache-Control");
    }

    /** Tells whether a response is kept until something is ended, and not after it. */
    private static boolean ends(Site site, String page, String what) throws IOException, InterruptedException {
        String before = site.body("pages/" + page);
        boolean isKept = site.body("pages/" + page).equals(before);
        site.post("pages/end?" + what);
        return isKept && !site.body("pages/" + page).equals(before);
    }

    private static boolean endsByTag(Site site, String path, String tag, String other)
            throws IOException, InterruptedException {
        String before = site.body(path);
        site.post("pages/end?cache=mx-tagged&tag=" + other);
        boolean isKept = site.body(path).equals(before);
        site.post("pages/end?cache=mx-tagged&tag=" + tag);
        return isKept && !site.body(path).equals(before);
    }

    private static WebCell cell(String member, String place, WebCell.Check check) {
        return new WebCell("CachedResponse." + member, place, check);
    }
}
