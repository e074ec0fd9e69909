package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.CacheHealth;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.web.response.ResponseExtension;
import io.nearfar.cdi.web.response.ResponseHook;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are kept, over HTTP, a real server and a real Redis. */
@Timeout(120)
class CachedResponseTest {
    private static LocalRedis redis;
    private static SeContainer beans;
    private static WebServer server;

    /** Keeps strangers out, and marks what goes out. */
    @Priority(Priorities.AUTHENTICATION)
    public static class Gate implements ContainerRequestFilter, ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext context) {
            if (context.getHeaderString("X-Stranger") != null) {
                context.abortWith(Response.status(401).build());
            }
        }

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.getHeaders().add("X-Gate", String.valueOf(request.getHeaderString("X-Name")));
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Towns.forgetCalls();
        redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "responses-" + UUID.randomUUID());
        System.setProperty("nearfar.deadline", "9s");
        System.setProperty("nearfar.connect-timeout", "5s");
        System.setProperty("nearfar.limit.deadline", "30s");
        System.setProperty("nearfar.cache.limited.mode", "near");
        System.setProperty("nearfar.cache.limited.load.limit", "1");
        System.setProperty("nearfar.cache.limited.load.limit.window", "1h");
        beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension(), new WebExtension(), new ResponseExtension())
                .addBeanClasses(Towns.class)
                .initialize();
        NearfarManager manager = beans.select(CacheManager.class).get().unwrap(NearfarManager.class);
        manager.connect(); // opened by this program, which goes on after the server
        await().atMost(Duration.ofSeconds(60)).until(() -> manager.health().state() == CacheHealth.State.UP);
        ResourceConfig application = new ResourceConfig(Gate.class)
                .register(beans.select(Towns.class).get());
        server = new WebServer(folder, Map.of("/*", new ServletContainer(application)), new ResponseHook());
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            server.close();
            beans.close();
            redis.close();
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        }
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return server.get("/towns/" + path, headers);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    private static NearfarCache<Object, Object> cache(String name) {
        return beans.select(CacheManager.class)
                .get()
                .<Object, Object>getCache(name)
                .unwrap(NearfarCache.class);
    }

    @Test
    void secondRequest_isAnsweredByTheCache_withItsAge() throws Exception {
        HttpResponse<String> first = get("plain/1");
        HttpResponse<String> second = get("plain/1");
        assertThat(Towns.calls("plain1")).isOne();
        assertThat(first.body()).isEqualTo("plain1 ann");
        assertThat(header(first, "Age")).isEqualTo("none");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo("plain1 ann");
        assertThat(header(second, "Age")).matches("\\d+");
        for (HttpResponse<String> each : List.of(first, second)) {
            assertThat(header(each, "Cache-Control")).isEqualTo("public, max-age=600");
            assertThat(header(each, "ETag")).matches("W/\"[\\w-]{22}\"").isEqualTo(header(first, "ETag"));
            assertThat(header(each, "Content-Type")).startsWith("text/plain");
            assertThat(header(each, "Vary")).isEqualTo("none");
        }
    }

    @Test
    void clientThatHasTheResponse_isAnswered304() throws Exception {
        String tag = header(get("plain/2"), "ETag");
        HttpResponse<String> known = get("plain/2", "If-None-Match", "\"other\", " + tag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(header(known, "ETag")).isEqualTo(tag);
        assertThat(header(known, "Cache-Control")).isEqualTo("public, max-age=600");
        assertThat(header(known, "Content-Type")).isEqualTo("none");
        assertThat(Towns.calls("plain2")).isOne();
        assertThat(get("plain/2", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);

        cache("towns").invalidateTag("town:2");
        assertThat(get("plain/2", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(Towns.calls("plain2")).isEqualTo(2);
    }

    @Test
    void tag_endsTheResponse() throws Exception {
        get("plain/007");
        get("plain/7");
        int calls = Towns.calls("plain7");
        cache("towns").invalidateTag("town:8");
        get("plain/7");
        assertThat(Towns.calls("plain7")).isEqualTo(calls);
        cache("towns").invalidateTag("town:7");
        get("plain/007");
        get("plain/7");
        assertThat(Towns.calls("plain7")).isEqualTo(calls + 2);
    }

    @Test
    void tagOfTheEntity_endsTheResponse() throws Exception {
        get("later/9");
        cache("towns").invalidateTag("land:later-8");
        get("later/9");
        assertThat(Towns.calls("later-9")).isOne();
        cache("towns").invalidateTag("land:later-9");
        assertThat(get("later/9").body()).isEqualTo("later-9");
        assertThat(Towns.calls("later-9")).isEqualTo(2);
    }

    @Test
    void header_thatVaries_isPartOfTheKey() throws Exception {
        HttpResponse<String> german = get("languages", "Accept-Language", "de");
        assertThat(get("languages", "Accept-Language", "en").body()).isEqualTo("languages en");
        assertThat(get("languages", "Accept-Language", "de").body()).isEqualTo("languages de");
        assertThat(Towns.calls("languages")).isEqualTo(2);
        assertThat(header(german, "Vary")).isEqualTo("Accept-Language");
        assertThat(header(german, "Cache-Control")).isEqualTo("public, no-cache");
    }

    @Test
    void parameters_thatAreNamed_countAlone_andThePrefixBeginsTheKey() throws Exception {
        get("pages?page=1&session=a");
        get("pages?session=b&page=1");
        assertThat(get("pages?page=2").body()).isEqualTo("pages 2");
        assertThat(Towns.calls("pages")).isEqualTo(2);
        cache("pages").invalidatePrefix("pages:/towns/pages:page=2");
        get("pages?page=1");
        get("pages?page=2");
        assertThat(Towns.calls("pages")).isEqualTo(3);
    }

    @Test
    void query_countsAsAWhole_unlessParametersAreNamed() throws Exception {
        get("plain/3?a=1");
        get("plain/3?a=2");
        get("plain/3?a=1");
        assertThat(Towns.calls("plain3")).isEqualTo(2);
    }

    @Test
    void methodOfSeveralTypes_hasAResponseForEachAccept() throws Exception {
        HttpResponse<String> html = get("kinds", "Accept", "text/html");
        assertThat(header(get("kinds", "Accept", "text/plain"), "Content-Type")).startsWith("text/plain");
        HttpResponse<String> again = get("kinds", "Accept", "text/html");
        assertThat(header(again, "Content-Type")).startsWith("text/html").isEqualTo(header(html, "Content-Type"));
        assertThat(header(again, "Vary")).isEqualTo("Accept");
        assertThat(Towns.calls("kinds")).isEqualTo(2);
    }

    @Test
    void privateResponse_isForOnePerson() throws Exception {
        get("own", WebServer.USER, "ann");
        assertThat(get("own", WebServer.USER, "bob").body()).isEqualTo("own of bob");
        HttpResponse<String> again = get("own", WebServer.USER, "ann");
        assertThat(again.body()).isEqualTo("own of ann");
        assertThat(header(again, "Cache-Control")).isEqualTo("private, max-age=60");
        assertThat(Towns.calls("own")).isEqualTo(2);
        get("own");
        assertThat(get("own").body()).isEqualTo("own of nobody");
        assertThat(Towns.calls("own")).isEqualTo(4);
    }

    @Test
    void authorization_goesPastTheCache_unlessItIsAsked() throws Exception {
        get("plain/4");
        get("plain/4", "Authorization", "Bearer x");
        HttpResponse<String> known = get("plain/4", WebServer.USER, "ann");
        assertThat(header(known, "ETag")).isEqualTo("none");
        assertThat(Towns.calls("plain4")).isEqualTo(3);

        HttpResponse<String> first = get("shared", "Authorization", "Bearer x");
        HttpResponse<String> second = get("shared");
        assertThat(Towns.calls("shared")).isOne();
        assertThat(header(first, "Cache-Control")).isEqualTo("private, max-age=60");
        assertThat(header(second, "Cache-Control")).isEqualTo("public, max-age=60");
    }

    @Test
    void filterOfRequests_comesBeforeTheCache_andThatOfResponsesAfterIt() throws Exception {
        assertThat(header(get("plain/5", "X-Name", "a"), "X-Gate")).isEqualTo("a");
        assertThat(header(get("plain/5", "X-Name", "b"), "X-Gate")).isEqualTo("b");
        assertThat(Towns.calls("plain5")).isOne();
        assertThat(get("plain/5", "X-Stranger", "yes").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cookie",
                "session",
                "varies",
                "nothing",
                "status/404",
                "status/203",
                "says/no-store",
                "says/private",
                "says/no-cache"
            })
    void responseThatIsNotForAll_isNotKept(String path) throws Exception {
        get(path);
        HttpResponse<String> second = get(path);
        assertThat(Towns.calls(path.replace("status/", "status").replace("says/", "says-")))
                .isEqualTo(2);
        assertThat(header(second, "ETag")).isEqualTo("none");
        assertThat(header(second, "Age")).isEqualTo("none");
    }

    @Test
    void ownCacheControl_isLeft() throws Exception {
        get("says/max-age=7");
        HttpResponse<String> second = get("says/max-age=7");
        assertThat(second.headers().allValues("Cache-Control")).containsExactly("max-age=7");
        assertThat(Towns.calls("says-max-age=7")).isOne();
    }

    @Test
    void cookies_areNeverKept_evenIfTheResponseIs() throws Exception {
        HttpResponse<String> first = get("cookie-kept");
        HttpResponse<String> second = get("cookie-kept");
        assertThat(Towns.calls("cookie-kept")).isOne();
        assertThat(header(first, "Set-Cookie")).startsWith("town=");
        assertThat(header(second, "Set-Cookie")).isEqualTo("none");
        assertThat(header(second, "X-Town")).isEqualTo("7");
    }

    /** Jersey makes it a GET before it asks; elsewhere it leaves nothing. */
    @Test
    void head_isAnsweredByWhatGetHasLeft() throws Exception {
        HttpResponse<String> read = get("plain/6");
        get("plain/6"); // waits until the far tier has it, which the first one did not
        HttpResponse<String> head = server.head("/towns/plain/6");
        assertThat(Towns.calls("plain6")).isOne();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(read, "ETag"));
        assertThat(header(head, "Age")).matches("\\d+");
        assertThat(server.head("/towns/plain/60").statusCode()).isEqualTo(200);
        assertThat(get("plain/60").body()).isEqualTo("plain60 ann");
    }

    @Test
    void post_isNeverAnsweredByTheCache() throws Exception {
        get("plain/10");
        assertThat(server.post("/towns/plain/10", "x").body()).isEqualTo("change10");
        assertThat(server.post("/towns/plain/10", "x").body()).isEqualTo("change10");
        assertThat(Towns.calls("change10")).isEqualTo(2);
    }

    /** A type of a body that it does not have makes no difference. */
    @Test
    void requestWithABody_goesPastTheCache() throws Exception {
        get("plain/12");
        assertThat(header(get("plain/12", "Content-Type", "text/plain"), "Age")).matches("\\d+");
        assertThat(Towns.calls("plain12")).isOne();
        HttpResponse<String> asked = server.getWith("/towns/plain/12", BodyPublishers.ofString("x"));
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(header(asked, "Age")).isEqualTo("none");
        server.getWith(
                "/towns/plain/12", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {'x'})));
        assertThat(Towns.calls("plain12")).isEqualTo(3);
    }

    @Test
    void range_isTheMethodsOwnAffair() throws Exception {
        get("plain/11");
        get("plain/11", "Range", "bytes=0-1");
        assertThat(Towns.calls("plain11")).isEqualTo(2);
    }

    @Test
    void responseThatWasBegunBeforeAnInvalidation_answersItsCallerAlone() throws Exception {
        Towns.begun = new CountDownLatch(1);
        Towns.held = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<HttpResponse<String>> before = threads.submit(() -> get("held"));
            assertThat(Towns.begun.await(60, TimeUnit.SECONDS)).isTrue();
            Towns.mayor = "zoe";
            cache("towns").invalidateTag("held");
            Towns.held.countDown();
            assertThat(before.get().body()).isEqualTo("held ann");
            assertThat(get("held").body()).isEqualTo("held zoe");
            assertThat(get("held").body()).isEqualTo("held zoe");
            assertThat(Towns.calls("held")).isEqualTo(2);
        } finally {
            Towns.mayor = "ann";
            Towns.held.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void manyWhoMissTheSame_callTheMethodOnce() throws Exception {
        Towns.begun = new CountDownLatch(1);
        Towns.held = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Future<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(threads.submit(() -> get("crowd/1")));
            }
            assertThat(Towns.begun.await(60, TimeUnit.SECONDS)).isTrue();
            Towns.held.countDown();
            for (Future<HttpResponse<String>> each : all) {
                assertThat(each.get().body()).isEqualTo("crowd1");
            }
            assertThat(Towns.calls("crowd1")).isOne();
        } finally {
            Towns.held.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void stage_isKeptLikeAnyOther() throws Exception {
        assertThat(header(get("later/1"), "ETag")).startsWith("W/");
        HttpResponse<String> second = get("later/1");
        assertThat(second.body()).isEqualTo("later-1");
        assertThat(header(second, "Age")).matches("\\d+");
        assertThat(Towns.calls("later-1")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grace/thrown", "grace/answered", "later-grace"})
    void methodThatFails_isAnsweredForByAnOldResponse(String path) throws Exception {
        String what = path.replace("grace/", "grace-");
        assertThat(get(path).body()).isEqualTo("good");
        String tag = header(get(path), "ETag");
        Towns.fails = true;
        try {
            int calls = Towns.calls(what);
            List<HttpResponse<String>> answers = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60)).until(() -> answers.add(get(path)) && Towns.calls(what) > calls);
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("good");
                assertThat(header(answer, "Age")).matches("\\d+");
                assertThat(header(answer, "ETag")).isEqualTo(tag);
            });
            assertThat(get("grace/never-" + what).statusCode()).isEqualTo(503);
        } finally {
            Towns.fails = false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fallback_answersWhereNeitherCacheNorMethodDoes(int id) throws Exception {
        Towns.fails = true;
        int before = Towns.calls("rescue" + id); // other classes ask for it, too
        try {
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> answer = get("rescued/" + id);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("rescue" + id + " from ann");
                assertThat(header(answer, "Content-Type")).startsWith("text/plain");
                assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
                assertThat(header(answer, "ETag")).isEqualTo("none");
            }
            assertThat(Towns.calls("rescue" + id)).isEqualTo(before + 2);
        } finally {
            Towns.fails = false;
        }
        assertThat(get("rescued/" + id).body()).isEqualTo("found " + id);
    }

    @Test
    void fallbackThatFails_leavesTheFailure() throws Exception {
        assertThat(get("lost").statusCode()).isEqualTo(503);
    }

    /** A starved node may not count the first ones. */
    @Test
    void loadWithoutRoom_isRefused_andAHitCostsNothing() throws Exception {
        assertThat(get("limited/0").statusCode()).isEqualTo(200);
        AtomicInteger town = new AtomicInteger();
        HttpResponse<String> refused = await().atMost(Duration.ofSeconds(60))
                .until(() -> get("limited/" + town.incrementAndGet()), response -> response.statusCode() == 429);
        assertThat(header(refused, "Content-Type")).startsWith("application/problem+json");
        assertThat(Towns.calls("limited-" + town.get())).isZero();
        assertThat(get("limited/0").statusCode()).isEqualTo(200);
        assertThat(Towns.calls("limited-0")).isOne();
    }
}
