package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.web.response.ResponseHook;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.servlets.DefaultServlet;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of servlets, resources and files that are kept because settings name their paths. */
@Timeout(120)
class PathResponseTest {
    private static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();
    private static volatile boolean fails;
    private static volatile CountDownLatch begun = new CountDownLatch(0);
    private static volatile CountDownLatch held = new CountDownLatch(0);

    private static LocalRedis redis;
    private static WebServer server;

    /** Answers in the ways that servlets have; the last part of the path says which. */
    static final class Pages extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
            int call = CALLS.computeIfAbsent(path, none -> new AtomicInteger()).incrementAndGet();
            response.setContentType("text/html;charset=UTF-8");
            switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "cookie" -> response.addCookie(new Cookie("page", "7"));
                case "session" -> request.getSession();
                case "private" -> response.setHeader("Cache-Control", "private");
                case "varies" -> response.setHeader("Vary", "X-Weather");
                case "missing" -> response.sendError(404);
                case "moved" -> response.sendRedirect("/pages/there");
                case "own" -> response.getWriter().println(request.getUserPrincipal());
                case "events" -> response.setContentType("text/event-stream");
                case "large" -> response.getOutputStream().write(new byte[9 << 20]);
                case "async" -> {
                    request.startAsync().start(() -> {
                        try {
                            response.getWriter().print("later");
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        } finally {
                            request.getAsyncContext().complete();
                        }
                    });
                    return;
                }
                case "slow" -> hold();
                case "thrown", "told", "set" -> fail(path, response);
                default -> {}
            }
            if (!response.isCommitted() && !path.endsWith("large") && !path.endsWith("told")) {
                response.getWriter().print("<p>ü " + call + "</p>");
                response.flushBuffer();
            }
        }

        private static void hold() {
            begun.countDown();
            try {
                assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void fail(String path, HttpServletResponse response) throws IOException, ServletException {
            if (fails && path.endsWith("thrown")) {
                throw new ServletException("no page");
            } else if (fails && path.endsWith("told")) {
                response.sendError(503);
            } else if (fails) {
                response.setStatus(500);
            } else if (path.endsWith("told")) {
                response.getOutputStream().print("told");
            }
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        CALLS.clear();
        Towns.forgetCalls();
        redis = LocalRedis.start();
        for (String setting : List.of(
                "address=" + redis.address(),
                "prefix=paths-" + UUID.randomUUID(),
                "deadline=9s",
                "connect-timeout=5s",
                "response.pages.paths=/pages/*, /towns/*, *.css",
                "response.pages.cache-name=html",
                "response.pages.ttl=10m",
                "response.pages.tags=pages, page:{path}",
                "response.languages.paths=/pages/languages/*",
                "response.languages.vary=Accept-Language",
                "response.languages.parameters=page",
                "response.languages.key-prefix=languages",
                "response.languages.even-with-cookies=true",
                "response.mine.paths=/pages/mine/*",
                "response.mine.private-to-principal=true",
                "response.mine.max-age=0",
                "response.shared.paths=/pages/shared/*",
                "response.shared.even-with-authorization=true",
                "response.resources.paths=/rest/towns/plain/90",
                "response.graces.paths=/graces/*",
                "response.graces.ttl=1ms",
                "response.graces.grace=1h",
                "response.graces.fallback=/sorry.html")) {
            String[] pair = setting.split("=", 2);
            System.setProperty("nearfar." + pair[0], pair[1]);
        }
        Files.writeString(folder.resolve("sheet.css"), "p { color: red }");
        Files.writeString(folder.resolve("sorry.html"), "<p>sorry</p>");
        Files.writeString(folder.resolve("plain.txt"), "plain");
        HttpServlet pages = new Pages();
        server = new WebServer(
                folder,
                Map.of(
                        "/",
                        new DefaultServlet(),
                        "/pages/*",
                        pages,
                        "/graces/*",
                        pages,
                        "/past/*",
                        pages,
                        "/rest/*",
                        new ServletContainer(new ResourceConfig().register(new Towns()))),
                new ResponseHook());
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            server.close();
            redis.close();
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        }
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return server.get(path, headers);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    private static int calls(String path) {
        return CALLS.getOrDefault(path, new AtomicInteger()).get();
    }

    private static NearfarCache<Object, Object> cache(String name) {
        NearfarManager manager = new ApplicationManager(server.loader()).manager();
        return manager.<Object, Object>getCache(name).unwrap(NearfarCache.class);
    }

    @Test
    void secondRequest_isAnsweredByTheCache_withTagAndAge() throws Exception {
        HttpResponse<String> first = get("/pages/1");
        HttpResponse<String> second = get("/pages/1");
        assertThat(calls("/pages/1")).isOne();
        assertThat(header(first, "Age")).isEqualTo("none");
        assertThat(header(second, "Age")).matches("\\d+");
        for (HttpResponse<String> each : List.of(first, second)) {
            assertThat(each.statusCode()).isEqualTo(200);
            assertThat(each.body()).isEqualTo("<p>ü 1</p>");
            assertThat(header(each, "Cache-Control")).isEqualTo("public, max-age=600");
            assertThat(header(each, "ETag")).matches("W/\"[\\w-]{22}\"").isEqualTo(header(first, "ETag"));
            assertThat(header(each, "Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        }
    }

    @Test
    void clientThatHasTheResponse_isAnswered304_whoeverMakesIt() throws Exception {
        String tag = header(get("/pages/2"), "ETag");
        HttpResponse<String> known = get("/pages/2", "If-None-Match", tag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(header(known, "ETag")).isEqualTo(tag);
    }

    @Test
    void file_isKept_andAnsweredToWhoHasIt() throws Exception {
        HttpResponse<String> first = get("/sheet.css");
        HttpResponse<String> second = get("/sheet.css");
        assertThat(second.body()).isEqualTo("p { color: red }");
        assertThat(header(second, "Age")).matches("\\d+");
        assertThat(header(second, "Last-Modified")).isEqualTo(header(first, "Last-Modified"));
        assertThat(header(second, "ETag")).isEqualTo(header(first, "ETag")).startsWith("W/");
        assertThat(get("/sheet.css", "If-Modified-Since", header(first, "Last-Modified"))
                        .statusCode())
                .isEqualTo(304);
        get("/plain.txt");
        assertThat(header(get("/plain.txt"), "Age")).isEqualTo("none");

        cache("html").invalidateTag("page:/sheet.css");
        HttpResponse<String> anew = get("/sheet.css", "If-None-Match", header(first, "ETag"));
        assertThat(anew.statusCode()).isEqualTo(304);
        HttpResponse<String> kept = get("/sheet.css");
        assertThat(kept.body()).isEqualTo("p { color: red }"); // the client that had it did not leave a 304 for others
        assertThat(header(kept, "Age")).matches("\\d+");
    }

    @Test
    void tag_endsTheResponse() throws Exception {
        get("/pages/3");
        cache("html").invalidateTag("page:/pages/4");
        get("/pages/3");
        assertThat(calls("/pages/3")).isOne();
        cache("html").invalidateTag("page:/pages/3");
        assertThat(get("/pages/3").body()).isEqualTo("<p>ü 2</p>");
        cache("html").invalidateTag("pages");
        assertThat(get("/pages/3").body()).isEqualTo("<p>ü 3</p>");
    }

    @Test
    void closestPattern_counts_withItsHeadersParametersAndPrefix() throws Exception {
        HttpResponse<String> german = get("/pages/languages/cookie?page=1&x=1", "Accept-Language", "de");
        get("/pages/languages/cookie?x=2&page=1", "Accept-Language", "de");
        get("/pages/languages/cookie?page=1", "Accept-Language", "en");
        HttpResponse<String> again = get("/pages/languages/cookie?page=2", "Accept-Language", "de");
        assertThat(calls("/pages/languages/cookie")).isEqualTo(3);
        assertThat(header(german, "Vary")).isEqualTo("Accept-Language");
        assertThat(header(german, "Set-Cookie")).startsWith("page=");
        assertThat(header(german, "Cache-Control")).isEqualTo("public, no-cache");
        assertThat(header(again, "Age")).isEqualTo("none");
        assertThat(header(get("/pages/languages/cookie?page=2", "Accept-Language", "de"), "Set-Cookie"))
                .isEqualTo("none");
        cache("responses-languages").invalidatePrefix("languages:/pages/languages/cookie:page=2");
        get("/pages/languages/cookie?page=2", "Accept-Language", "de");
        assertThat(calls("/pages/languages/cookie")).isEqualTo(4);
    }

    @Test
    void privateResponse_isForOnePerson_andAuthorizationGoesPast_unlessItIsAsked() throws Exception {
        get("/pages/mine/own", WebServer.USER, "ann");
        get("/pages/mine/own", WebServer.USER, "bob");
        HttpResponse<String> again = get("/pages/mine/own", WebServer.USER, "ann");
        assertThat(again.body()).contains("ann");
        assertThat(header(again, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(calls("/pages/mine/own")).isEqualTo(2);

        get("/pages/5", "Authorization", "Bearer x");
        get("/pages/5", WebServer.USER, "ann");
        assertThat(calls("/pages/5")).isEqualTo(2);

        get("/pages/shared/6", WebServer.USER, "ann");
        get("/pages/shared/6");
        assertThat(calls("/pages/shared/6")).isOne();
    }

    @Test
    void requestOfASession_goesPast() throws Exception {
        String session = header(get("/past/session"), "Set-Cookie");
        assertThat(session).startsWith("JSESSIONID=");
        String cookie = session.substring(0, session.indexOf(';'));
        get("/pages/7");
        get("/pages/7", "Cookie", cookie);
        assertThat(calls("/pages/7")).isEqualTo(2);
        get("/pages/7", "Cookie", "JSESSIONID=none");
        assertThat(calls("/pages/7")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookie", "session", "private", "varies", "missing", "moved", "large", "async", "events"})
    void responseThatIsNotForAll_isSentAndNotKept(String what) throws Exception {
        HttpResponse<String> first = get("/pages/" + what);
        HttpResponse<String> second = get("/pages/" + what);
        assertThat(calls("/pages/" + what)).isEqualTo(2);
        assertThat(second.statusCode()).isEqualTo(first.statusCode());
        assertThat(header(second, "ETag")).isEqualTo("none");
        assertThat(second.body().length())
                .isEqualTo(first.body().length())
                .isGreaterThanOrEqualTo(what.equals("large") ? 9 << 20 : 0);
        assertThat(second.body().isEmpty()).isEqualTo(what.equals("moved"));
    }

    @Test
    void head_isAnsweredByWhatGetHasLeft() throws Exception {
        HttpResponse<String> read = get("/pages/8");
        get("/pages/8"); // a client is not kept waiting until the far tier has its response; whoever asks for the
        // same is
        HttpResponse<String> head = server.head("/pages/8");
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(read, "ETag"));
        assertThat(header(head, "Age")).matches("\\d+");
        assertThat(calls("/pages/8")).isOne();
    }

    @Test
    void resource_isKeptByItsPath_andNotByItsAnnotationToo() throws Exception {
        HttpResponse<String> first = get("/rest/towns/plain/90");
        HttpResponse<String> second = get("/rest/towns/plain/90");
        assertThat(Towns.calls("plain90")).isOne();
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo("plain90 ann");
        assertThat(header(second, "Age")).matches("\\d+");
        assertThat(header(second, "Cache-Control")).isEqualTo("public, no-cache"); // what the settings say
    }

    @Test
    void pathThatNoPatternNames_goesPast() throws Exception {
        get("/past/1");
        assertThat(header(get("/past/1"), "ETag")).isEqualTo("none");
        assertThat(calls("/past/1")).isEqualTo(2);
    }

    @Test
    void manyWhoMissTheSame_callTheServletOnce() throws Exception {
        begun = new CountDownLatch(1);
        held = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> get("/pages/slow")));
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            held.countDown();
            for (Future<HttpResponse<String>> each : all) {
                assertThat(each.get().body()).isEqualTo("<p>ü 1</p>");
            }
            assertThat(calls("/pages/slow")).isOne();
        } finally {
            held.countDown();
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/graces/thrown", "/graces/told", "/graces/set"})
    void requestThatFails_isAnsweredByAnOldResponse_orTheFallback(String path) throws Exception {
        String body = get(path).body();
        fails = true;
        try {
            int calls = calls(path);
            List<HttpResponse<String>> answers = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60)).until(() -> answers.add(get(path)) && calls(path) > calls);
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(body);
                assertThat(header(answer, "Age")).matches("\\d+");
            });
            HttpResponse<String> never = get(path.replace("/graces/", "/graces/never/"));
            assertThat(never.statusCode()).isEqualTo(200);
            assertThat(never.body()).isEqualTo("<p>sorry</p>");
            assertThat(header(never, "Cache-Control")).isEqualTo("no-store");
            assertThat(get(path.replace("/graces/", "/pages/never/")).statusCode())
                    .isGreaterThanOrEqualTo(500);
        } finally {
            fails = false;
        }
    }
}
