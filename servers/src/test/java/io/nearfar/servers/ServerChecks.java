package io.nearfar.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds on every server, wherever the provider's jar lies. The steps are those of the server's page. */
abstract class ServerChecks {
    private static final int ROUNDS = Integer.getInteger("servers.rounds", 10);
    private static final int REQUESTS = 20;
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Threads of a server's own, as those of TomEE's executor, may keep what they last ran for until they have idled long. */
    private static final Duration IDLED = Duration.ofMinutes(4);

    /** What Tomcat says of threads and thread-locals that an application has left behind. */
    private static final Pattern COMPLAINT =
            Pattern.compile("(?i)(nearfar|redisson|netty).*(memory leak|failed to (stop|remove))");

    private final Server server;

    @TempDir
    private Path folder;

    ServerChecks(Server server) {
        this.server = server;
    }

    @ParameterizedTest
    @EnumSource
    void application_onTwoNodes_findsTheProvider_andSharesWhatIsOfItsOwnClasses(Place place) throws Exception {
        try (RealRedis redis = RealRedis.start();
                ServerNode one = start(place, "one", redis);
                ServerNode two = start(place, "two", redis)) {
            assertThat(one.ask("provider")).isEqualTo("io.nearfar.spi.NearfarCachingProvider of the " + place.owner());
            one.ask("put?word=sea&meaning=water");
            assertThat(two.ask("get?word=sea")).isEqualTo("water");
            assertThat(one.ask("rename?word=sea&meaning=salt")).isEqualTo("water");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(two.ask("get?word=sea")).isEqualTo("salt"));
            assertThat(one.ask("load?word=moon")).isEqualTo("moon, loaded");
            assertThat(two.ask("load?word=moon")).isEqualTo("moon, loaded");
            one.ask("work?word=sun");
            assertThat(two.ask("untyped?word=sun")).isEqualTo("of no declared type");
            isLookedUpOnce(one, two);
        }
    }

    /** By the method of a bean, whose result is cached by annotation. */
    private static void isLookedUpOnce(ServerNode one, ServerNode two) throws IOException {
        assertThat(one.ask("look-up?word=star")).isEqualTo("star, looked up");
        String before = one.ask("lookups");
        assertThat(one.ask("look-up?word=star")).isEqualTo("star, looked up");
        assertThat(two.ask("look-up?word=star")).isEqualTo("star, looked up");
        assertThat(one.ask("lookups")).isEqualTo(before);
        assertThat(two.ask("lookups")).isEqualTo("0");
    }

    /** The server keeps running, and the application never closes anything. */
    @ParameterizedTest
    @EnumSource
    void redeployments_ofAnApplicationThatClosesNothing_leaveNothing(Place place) throws Exception {
        try (RealRedis redis = RealRedis.start();
                ServerNode node = start(place, "node", redis)) {
            works(node);
            for (int round = 1; round <= ROUNDS; round++) {
                node.deploy(round);
                works(node);
            }
            // The JDK lets go of a class that was serialized when it describes the next one, after the collection that
            // cleared it
            await("class loaders of former rounds").atMost(IDLED).untilAsserted(() -> {
                node.ask("describe");
                server.release(node);
                assertThat(node.deployments()).isBetween(1L, 1L + server.kept());
            });
            assertThat(connections(redis)).isGreaterThan(1);
            node.undeploy();
            await("connections")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(connections(redis)).isOne());
            assertThat(node.logged()).noneMatch(line -> COMPLAINT.matcher(line).find());
        }
    }

    /** Starts a node of this name, prepared as the page says for the place. */
    final ServerNode start(Place place, String name, RealRedis redis) throws IOException, InterruptedException {
        ServerPage page = ServerPage.of(server.page());
        ProbeWar probe = new ProbeWar(page.jarsOfApplication(place.heading()), "redis://" + redis.host());
        return ServerNode.start(server, place.heading(), folder.resolve(name), "redis://" + redis.host(), probe);
    }

    private static void works(ServerNode node) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(node.ask("work?word=w" + i)).isEqualTo("w" + i + ", loaded");
        }
    }

    /** Returns how many clients the server has, the one that asks among them. */
    private static long connections(RealRedis redis) {
        return RespClient.text(redis.call("CLIENT", "LIST")).lines().count();
    }
}
