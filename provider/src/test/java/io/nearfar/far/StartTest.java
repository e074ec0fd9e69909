package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.StartPolicy;
import io.nearfar.config.Topology;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a start does that finds no server, or the wrong one: said within five seconds, and never a hang. */
@Timeout(120)
class StartTest {
    /** Longer takes only what waits for ever. */
    private static final Duration HANG = Duration.ofSeconds(60);

    /** On a machine that stood still meanwhile. */
    private static final String ONE_ANSWER_TOO_LATE = "connected, but then";

    private static final String SECRET = "s3cret-pass";

    /** What a first connection loads of classes is no matter of the start. */
    @BeforeAll
    static void warmUp() {
        try (RealRedis redis = RealRedis.start()) {
            FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "start"))
                    .close();
        }
    }

    private static FarSettings settings(FarAddress address, StartPolicy start) {
        return FarSetups.far(address, "start", start, Duration.ofSeconds(2));
    }

    private static FarAddress address(String host, @Nullable String user, @Nullable String password, int database) {
        return new FarAddress(Topology.STANDALONE, List.of(host), false, user, password, database, null);
    }

    /** Opens without a hang and returns what was thrown, or null if the tier started. */
    private static Throwable open(FarSettings settings) {
        long start = System.nanoTime();
        Throwable thrown = catchThrowable(() -> FarTier.open(settings).close());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HANG);
        return thrown;
    }

    private static void assertRefused(FarAddress address, String... says) {
        Throwable refusal = open(settings(address, StartPolicy.DEFAULT));
        assertThat(refusal)
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(address.hosts().get(0))
                .hasMessageContaining("from a test")
                .hasMessageContainingAll(says);
        assertThat(refusal).hasStackTraceContaining("FarTier").hasMessageNotContaining(SECRET);
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain(SECRET);
        }
        assertThat(open(settings(address, StartPolicy.LENIENT))).isNull();
        assertThat(open(settings(address, StartPolicy.REQUIRE))).isInstanceOf(CacheException.class);
    }

    private static void assertStartsWithout(FarAddress address) {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(open(settings(address, StartPolicy.DEFAULT))).isNull();
            assertThat(log.lines("NF0301"))
                    .singleElement()
                    .asString()
                    .contains(address.hosts().get(0), "from a test", "cannot be reached", "tried again");
        }
        assertThat(open(settings(address, StartPolicy.REQUIRE)))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(address.hosts().get(0))
                .hasMessageContaining("nearfar.start");
    }

    /** What a start gives itself, however long this machine then takes for it. */
    @Test
    void budget_isLessThanFiveSeconds() {
        assertThat(Duration.ofNanos(Link.START_NANOS)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void open_withoutServer_startsAndOperationsSayWhy() {
        String host = "127.0.0.1:" + RealRedis.freePort();
        assertStartsWithout(FarSetups.address(host));
        try (FarTier tier = FarTier.open(settings(FarSetups.address(host), StartPolicy.DEFAULT))) {
            EntryStore<String, String> store = tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
            assertThatThrownBy(() -> store.read("k", Freshness.AUTHORITY))
                    .isInstanceOf(FarTierUnavailableException.class)
                    .hasMessageContaining(host)
                    .hasMessageContaining("refused");
            assertThatThrownBy(store::clear).isInstanceOf(FarTierUnavailableException.class);
            assertThatThrownBy(store::scan).isInstanceOf(FarTierUnavailableException.class);
            assertThat(tier.clock().micros()).isPositive();
            assertThat(tier.breakerOpenings()).isZero();
        }
    }

    @Test
    void open_ofUnknownHost_startsWithout() {
        assertStartsWithout(FarSetups.address("no-such-host.invalid:6379"));
    }

    @Test
    void open_beforeTheServer_joinsWhenItComes() {
        int port = RealRedis.freePort();
        Set<Integer> subscribed = ConcurrentHashMap.newKeySet();
        try (FarTier tier = FarTier.open(settings(FarSetups.address("127.0.0.1:" + port), StartPolicy.DEFAULT))) {
            tier.subscribe(new Subscriptions(subscribed));
            EntryStore<String, String> store = tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
            try (RealRedis redis = Program.EMBEDDED.startAt(port)) {
                Change<String> put = Change.write(
                        new TextFormat().keep("v"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false);
                await().atMost(Duration.ofSeconds(30))
                        .ignoreException(FarTierUnavailableException.class)
                        .until(() -> store.apply("k", put).applied());
                assertThat(subscribed).hasSize(64);
                assertThat(store.read("k", Freshness.AUTHORITY).value().get()).isEqualTo("v");
                assertThat(redis.call("PUBSUB", "NUMPAT")).isEqualTo(0L);
            }
        }
    }

    private record Subscriptions(Set<Integer> partitions) implements InvalidationSink {
        @Override
        public void received(Invalidation message) {}

        @Override
        public void resubscribed(int partition) {
            partitions.add(partition);
        }

        @Override
        public void unreadable(int partition) {}
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void open_withWrongPassword_isRefused(Program program) {
        try (RealRedis redis = program.start("--requirepass", "other")) {
            assertRefused(address(redis.host(), null, SECRET, 0), "AUTH", "WRONGPASS");
            assertRefused(address(redis.host(), "somebody", SECRET, 0), "AUTH", "WRONGPASS");
            assertRefused(address(redis.host(), null, null, 0), "NOAUTH");
            assertThat(open(settings(address(redis.host(), null, "other", 0), StartPolicy.REQUIRE)))
                    .isNull();
        }
    }

    /** It lasts until somebody corrects it, so it is told once and not of each attempt. */
    @Test
    void serverThatRefuses_isOneErrorOfTheLog() {
        try (RealRedis redis = RealRedis.start("--requirepass", "other");
                CapturedLog log = new CapturedLog();
                FarTier tier = FarTier.open(settings(address(redis.host(), null, SECRET, 0), StartPolicy.LENIENT))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !log.lines("NF0306").isEmpty());
            assertThat(log.lines("NF0306"))
                    .singleElement()
                    .asString()
                    .contains(" ERROR ", redis.host(), "WRONGPASS")
                    .doesNotContain(SECRET);
            assertThat(tier.breakerOpenings()).isZero();
        }
    }

    @Test
    void open_withPasswordWhereNoneIsAsked_isRefused() {
        try (RealRedis redis = RealRedis.start()) {
            assertRefused(address(redis.host(), null, SECRET, 0), "AUTH");
        }
    }

    @Test
    void open_ofUnknownDatabase_isRefused() {
        try (RealRedis redis = RealRedis.start()) {
            assertRefused(address(redis.host(), null, null, 99), "SELECT", "out of range");
            assertThat(open(settings(address(redis.host(), null, null, 3), StartPolicy.REQUIRE)))
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-@scripting ~* &*, EVALSHA",
        "~other:* &*, NOPERM",
        "~* resetchannels, SUBSCRIBE",
        "-mget ~* &*, MGET",
        "-scan ~* &*, SCAN",
        "-hget ~* &*, HGET",
        "-hmget ~* &*, HMGET",
        "-hlen ~* &*, HLEN",
        "-hgetall ~* &*, HGETALL",
        "-hdel ~* &*, HDEL",
        "-hset ~* &*, HSET",
    })
    void open_withoutRights_isRefused(String rights, String says) {
        try (RealRedis redis = RealRedis.start()) {
            Object[] words = ("ACL SETUSER app on >" + SECRET + " +@all " + rights).split(" ");
            redis.call(words);
            assertRefused(address(redis.host(), "app", SECRET, 0), says);
        }
    }

    /** Asking for the rights leaves nothing behind, and a full server has them too. */
    @ParameterizedTest
    @EnumSource
    void open_asksForRights_andWritesNothing(Program program) {
        try (RealRedis redis = program.start("--maxmemory", "1", "--maxmemory-policy", "noeviction")) {
            assertThat(open(settings(FarSetups.address(redis.host()), StartPolicy.REQUIRE)))
                    .isNull();
            assertThat(ScriptBench.list(redis.call("KEYS", "*:none"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_withoutAHashCommand_isRefused(Program program) {
        try (RealRedis redis = program.start("--rename-command", "HSET", "")) {
            assertRefused(FarSetups.address(redis.host()), "HSET", "unknown command");
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_ofAReplica_namesItsMaster(Program program) {
        try (RealRedis master = program.start();
                RealRedis replica = program.start("--replicaof", "127.0.0.1", String.valueOf(master.port()))) {
            assertRefused(FarSetups.address(replica.host()), "read-only replica of " + master.host());
        }
    }

    /** What a replica is told to be it need not stay: a lenient start waits for that. */
    @Test
    void open_ofAReplica_leniently_joinsWhenItIsPromoted() {
        try (RealRedis master = RealRedis.start();
                RealRedis replica = RealRedis.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                FarTier tier = FarTier.open(settings(FarSetups.address(replica.host()), StartPolicy.LENIENT))) {
            EntryStore<String, String> store = Sharing.store(tier);
            assertThatThrownBy(() -> store.apply("k", Sharing.write("v")))
                    .isInstanceOf(FarTierUnavailableException.class)
                    .hasMessageContaining("read-only replica");
            replica.call("REPLICAOF", "NO", "ONE");
            FarSetups.awaitReach(store);
            assertThat(store.apply("k", Sharing.write("v")).applied()).isTrue();
        }
    }

    @Test
    void open_ofAnHttpServer_isRefused() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        try {
            assertRefused(FarSetups.address("127.0.0.1:" + http.getAddress().getPort()), "no Redis", "HTTP/1.1");
        } finally {
            http.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"'SSH-2.0-OpenSSH_9.2\r\n', no Redis", "'$99999999999\r\n', no Redis", "'*-x\r\n', no Redis"})
    void open_ofSomethingElse_isRefused(String greeting, String says) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            answer(server, greeting);
            assertRefused(FarSetups.address("127.0.0.1:" + server.getLocalPort()), says);
        }
    }

    /** Something that accepts and says nothing may be a server that hangs: waiting can cure that. */
    @Test
    void open_ofASilentPort_startsWithout() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertStartsWithout(FarSetups.address("127.0.0.1:" + server.getLocalPort()));
        }
    }

    /** Each of its answers comes in time, and all of them together after the budget. */
    @Test
    void open_ofASlowServer_isGivenUpWithinTheBudget() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            accept(server, StartTest::answerSlowly);
            FarAddress address = FarSetups.address("127.0.0.1:" + server.getLocalPort());
            assertThat(open(settings(address, StartPolicy.REQUIRE)).getMessage())
                    .containsAnyOf("no answer within 4800 ms", ONE_ANSWER_TOO_LATE);
        }
    }

    private static void answerSlowly(Socket socket) throws IOException {
        byte[] command = new byte[1_000];
        while (socket.getInputStream().read(command) > 0) {
            Waiting.pause(TimeUnit.MILLISECONDS.toNanos(900));
            socket.getOutputStream().write("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void open_ofAServerThatIsLoading_startsWithout() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            answer(server, "-LOADING Redis is loading the dataset in memory\r\n");
            assertStartsWithout(FarSetups.address("127.0.0.1:" + server.getLocalPort()));
        }
    }

    private static void answer(ServerSocket server, String greeting) {
        accept(server, socket -> socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What somebody who answers at a port does with a connection. */
    private interface Doorman {
        void serve(Socket socket) throws IOException;
    }

    private static void accept(ServerSocket server, Doorman doorman) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    doorman.serve(server.accept());
                } catch (IOException e) {
                    return; // the test is over
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void open_ofASentinelWithoutMasterName_isRefused() throws IOException {
        try (RealRedis redis = RealRedis.start();
                RealRedis sentinel = RealRedis.sentinel(redis, "mymaster")) {
            assertRefused(FarSetups.address(sentinel.host()), "Sentinel", "name of the master");
            FarAddress unknown =
                    new FarAddress(Topology.SENTINEL, List.of(sentinel.host()), false, null, null, 0, "nobody");
            assertRefused(unknown, "nobody");
        }
    }
}
