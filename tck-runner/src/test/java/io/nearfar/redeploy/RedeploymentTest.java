package io.nearfar.redeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.catalina.Context;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Web applications that never close anything are deployed and taken down again in one JVM, whose server threads stay: of
 * none anything is left, and two that are there together do not meet.
 */
class RedeploymentTest {
    private static final int ROUNDS = Integer.getInteger("redeployments", 5);
    private static final int FURTHER_REQUESTS = 200;
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final List<Class<?>> SERIALIZABLE =
            List.of(Duration.class, Instant.class, LocalDate.class, LocalTime.class, Period.class, Year.class);

    @TempDir
    private Path folder;

    private int described;

    @ParameterizedTest
    @EnumSource
    void redeployments_ofAnApplicationThatClosesNothing_leaveNothing(Layout layout) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(WebServer.THREADS);
        try (RealRedis redis = RealRedis.start();
                WebServer server = new WebServer(layout, folder);
                LeakReports reports = new LeakReports()) {
            Path shop = WebApplication.in(folder.resolve("shop"), layout, "redis://" + redis.host());
            for (int round = 0; round < rounds(layout); round++) {
                WeakReference<ClassLoader> loader = deployed(server, shop, clients, redis, layout);
                assertNothingLeft(redis);
                all(clients, FURTHER_REQUESTS, number -> server.get("/other/"));
                await("class loader of round " + round).atMost(SOON).until(() -> isGone(loader));
            }
            assertThat(reports.said()).isEmpty();
        } finally {
            clients.shutdownNow();
        }
    }

    /** What one layout could leave behind, most others could too: a quarter of the rounds does for them. */
    private static int rounds(Layout layout) {
        return layout == Layout.APPLICATION ? ROUNDS : Math.max(3, ROUNDS / 4);
    }

    /** Deploys, works and undeploys; returns what may be left of it. */
    private static WeakReference<ClassLoader> deployed(
            WebServer server, Path shop, ExecutorService clients, RealRedis redis, Layout layout) throws Exception {
        Context context = server.deploy(shop);
        all(clients, 5 * WebServer.THREADS, number -> server.get("/shop/work?number=" + number));
        if (layout.hasAnnotations()) {
            all(clients, 5 * WebServer.THREADS, number -> server.get("/shop/find?number=" + number % 10));
        }
        assertThat(beans()).hasSize(4);
        assertThat(connections(redis)).isGreaterThan(1);
        assertThat(threads()).isNotEmpty();
        WeakReference<ClassLoader> loader =
                new WeakReference<>(context.getLoader().getClassLoader());
        server.undeploy(context);
        return loader;
    }

    private static void assertNothingLeft(RealRedis redis) throws Exception {
        assertThat(beans()).isEmpty();
        await("threads").atMost(SOON).untilAsserted(() -> assertThat(threads()).isEmpty());
        await("connections")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(connections(redis)).isOne());
    }

    /** Redis is the same, and so are the names of the caches: what keeps them apart is the names of the applications. */
    @ParameterizedTest
    @EnumSource
    void applications_ofOneServer_doNotMeet(Layout layout) throws Exception {
        try (RealRedis redis = RealRedis.start();
                WebServer server = new WebServer(layout, folder)) {
            Context shop = server.deploy(WebApplication.in(folder.resolve("shop"), layout, "redis://" + redis.host()));
            Context store =
                    server.deploy(WebApplication.in(folder.resolve("store"), layout, "redis://" + redis.host()));
            assertThat(beans()).hasSize(8);
            server.get("/shop/put?word=w&meaning=shop");
            assertThat(server.get("/store/get?word=w")).isEqualTo("null");
            server.get("/store/put?word=w&meaning=store");
            assertThat(server.get("/shop/get?word=w")).isEqualTo("shop");
            server.undeploy(shop);
            assertThat(beans()).hasSize(4);
            assertThat(server.get("/store/get?word=w")).isEqualTo("store");
            server.get("/store/work?number=1");
            server.undeploy(store);
            assertNothingLeft(redis);
        }
    }

    /**
     * The JDK lets go of a class that was serialized when it describes the next one, after the collection that cleared it.
     * Each class is asked for so seldom that its description has been cleared as well, and is made anew.
     */
    private boolean isGone(WeakReference<ClassLoader> loader) {
        System.gc();
        ObjectStreamClass.lookup(SERIALIZABLE.get(described++ % SERIALIZABLE.size()));
        return loader.get() == null;
    }

    /** Returns how many clients the server has, the one that asks among them. */
    private static long connections(RealRedis redis) {
        return RespClient.text(redis.call("CLIENT", "LIST")).lines().count();
    }

    private static Set<ObjectName> beans() throws Exception {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("javax.cache:*"), null);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(?i)(nearfar|redisson|netty|global).*"))
                .collect(Collectors.toSet());
    }

    /** Asks that often, by as many clients as the server has threads. */
    private static void all(ExecutorService clients, int times, Question question) throws Exception {
        List<Callable<String>> questions = new ArrayList<>();
        Stream.iterate(0, number -> number + 1)
                .limit(times)
                .forEach(number -> questions.add(() -> question.ask(number)));
        for (Future<String> answer : clients.invokeAll(questions)) {
            assertThat(answer.get()).isNotEmpty();
        }
    }

    private interface Question {
        String ask(int number) throws IOException;
    }
}
