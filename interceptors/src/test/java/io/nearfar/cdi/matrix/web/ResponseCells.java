package io.nearfar.cdi.matrix.web;

import static io.nearfar.cdi.matrix.web.Site.comes;
import static io.nearfar.cdi.matrix.web.Site.header;

import io.nearfar.cdi.annotation.CachedResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

/** {@code @CachedResponse}: no two calls of a method answer alike. */
final class ResponseCells {
    static final List<Class<?>> BEANS = List.of(Heir.class, Overriding.class, Answering.class);

    private ResponseCells() {}

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
            return Pages.made();
        }
    }

    @ApplicationScoped
    @Path("overriding")
    public static class Overriding extends Bequest<String> {
        @Override
        protected String made(String what) {
            return Pages.made();
        }

        @Override
        public String find(String id) {
            return Pages.made();
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
            return Pages.made();
        }
    }

    /** Looks at the resource of a path. */
    private interface Check {
        boolean holds(Site site, String pages) throws IOException, InterruptedException;
    }

    static List<WebCell> members() {
        return Stream.of(
                        cells(
                                "cacheName",
                                (site, pages) -> !ends(site, pages + "named", "cache=mx-other")
                                        && ends(site, pages + "named", "cache=mx-pages")),
                        cells("timeToLive", (site, pages) -> {
                            String first = site.body(pages + "brief");
                            return site.keeps(pages + "lasting")
                                    && cacheControl(site, pages + "lasting").equals("public, max-age=600")
                                    && comes(() -> !site.body(pages + "brief").equals(first));
                        }),
                        cells(
                                "maxAge",
                                (site, pages) ->
                                        cacheControl(site, pages + "aged").equals("public, max-age=7")),
                        cells("grace", ResponseCells::isGraceful),
                        cells(
                                "fallback",
                                (site, pages) -> site.body(pages + "rescued", Pages.FAIL, "yes")
                                                .equals("instead")
                                        && site.body(pages + "rescued").startsWith("made")),
                        cells("vary", (site, pages) -> {
                            String german = site.body(pages + "languages", "Accept-Language", "de");
                            HttpResponse<String> again = site.get(pages + "languages", "Accept-Language", "de");
                            return again.body().equals(german)
                                    && header(again, "Vary").equals("Accept-Language")
                                    && !site.body(pages + "languages", "Accept-Language", "en")
                                            .equals(german);
                        }),
                        cells("parameters", (site, pages) -> {
                            String first = site.body(pages + "parts?part=1&session=a");
                            return site.body(pages + "parts?part=1&session=b").equals(first)
                                    && !site.body(pages + "parts?part=2&session=a")
                                            .equals(first);
                        }),
                        cells(
                                "keyPrefix",
                                (site, pages) -> !ends(site, pages + "prefixed", "cache=mx-prefixed&prefix=mx-other")
                                        && ends(site, pages + "prefixed", "cache=mx-prefixed&prefix=mx-start")),
                        cells("tags", (site, pages) -> endsByTag(site, pages + "tagged/1", "page:1", "page:2")))
                .flatMap(List::stream)
                .toList();
    }

    static List<WebCell> persons() {
        return Stream.of(
                        cells("privateToPrincipal", (site, pages) -> {
                            String ofAnn = site.body(pages + "own", Persons.PERSON, "ann");
                            HttpResponse<String> again = site.get(pages + "own", Persons.PERSON, "ann");
                            return again.body().equals(ofAnn)
                                    && header(again, "Cache-Control").startsWith("private")
                                    && !site.body(pages + "own", Persons.PERSON, "bob")
                                            .equals(ofAnn)
                                    && !site.keeps(pages + "own");
                        }),
                        cells(
                                "evenWithAuthorization",
                                (site, pages) -> site.keeps(pages + "shared", Persons.PERSON, "ann")
                                        && site.body(pages + "shared", Persons.PERSON, "bob")
                                                .equals(site.body(pages + "shared"))
                                        && !site.keeps(pages + "named", Persons.PERSON, "ann")),
                        cells("evenWithCookies", (site, pages) -> {
                            HttpResponse<String> first = site.get(pages + "cookie-kept");
                            HttpResponse<String> second = site.get(pages + "cookie-kept");
                            return header(first, "Set-Cookie").startsWith("page=")
                                    && header(second, "Set-Cookie").isEmpty()
                                    && second.body().equals(first.body())
                                    && !site.keeps("pages/cookie");
                        }))
                .flatMap(List::stream)
                .toList();
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
                new WebCell(
                        "CachedResponse",
                        "GENERIC",
                        site -> site.keeps("heirs/1") && endsByTag(site, "heirs/2", "heir:2", "heir:3")),
                new WebCell("CachedResponse", "OVERRIDDEN", site -> site.keeps("overriding/1")),
                new WebCell("CachedResponse", "INTERFACE", site -> site.keeps("answering")));
    }

    /** A call that fails is made, and answered for by what was answered before. */
    private static boolean isGraceful(Site site, String pages) throws IOException, InterruptedException {
        site.body(pages + "grace");
        String before = site.body("pages/failures");
        return comes(() -> site.body(pages + "grace", Pages.FAIL, "yes").startsWith("made")
                && !site.body("pages/failures").equals(before));
    }

    private static String cacheControl(Site site, String path) throws IOException, InterruptedException {
        return header(site.get(path), "Cache-Control");
    }

    /** Tells whether a response is kept until something is ended, and not after it. */
    private static boolean ends(Site site, String path, String what) throws IOException, InterruptedException {
        String before = site.body(path);
        boolean isKept = site.body(path).equals(before);
        site.post("pages/end?" + what);
        return isKept && !site.body(path).equals(before);
    }

    private static boolean endsByTag(Site site, String path, String tag, String other)
            throws IOException, InterruptedException {
        String before = site.body(path);
        site.post("pages/end?cache=mx-tagged&tag=" + other);
        boolean isKept = site.body(path).equals(before);
        site.post("pages/end?cache=mx-tagged&tag=" + tag);
        return isKept && !site.body(path).equals(before);
    }

    /** Returns a cell for each kind of place: the same pages are written there. */
    private static List<WebCell> cells(String member, Check check) {
        return List.of(
                cell(member, "METHOD", "pages/", check),
                cell(member, "INHERITED", "pages-below/", check),
                cell(member, "GENERIC", "pages-open/", check),
                cell(member, "ASYNCHRONOUS", "pages-later/", check));
    }

    private static WebCell cell(String member, String place, String pages, Check check) {
        return new WebCell("CachedResponse." + member, place, site -> check.holds(site, pages));
    }
}
