package io.nearfar.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TestCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real servers take the files of {@code deploy/redis} as they are, do what stands there, and serve caches well. */
@Timeout(120)
class ServerFilesTest {
    private static final Path FILES = Path.of("..", "deploy", "redis").toAbsolutePath();

    /** What the tests set otherwise, since each server has a port of its own and keeps nothing on disk, or it does not tell. */
    private static final List<String> SET_HERE = List.of("port", "save", "bind", "appendonly", "cluster-config-file");

    @TempDir
    private Path folder;

    private static Map<String, String> lines(String file) throws IOException {
        return Files.readAllLines(FILES.resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(
                        words -> words[0], words -> words[1].replace("\"", ""), (a, b) -> b, LinkedHashMap::new));
    }

    /** Returns what the server says of each setting of a file that differs from what stands there. */
    private static List<String> differences(RealRedis server, String file) throws IOException {
        List<String> differing = new ArrayList<>();
        try (RespClient client = new RespClient(server.port())) {
            for (Map.Entry<String, String> line : lines(file).entrySet()) {
                Object answer = client.call("CONFIG", "GET", line.getKey());
                String told = answer instanceof List<?> pair && pair.size() == 2 ? RespClient.text(pair.get(1)) : null;
                if (!SET_HERE.contains(line.getKey()) && !isSame(line.getValue(), told)) {
                    differing.add(line.getKey() + " is " + told + ", not " + line.getValue());
                }
            }
        }
        return differing;
    }

    private static boolean isSame(String written, String told) {
        return told != null && (told.equals(written) || told.equals(bytes(written)) || told.contains(inBytes(written)));
    }

    private static String bytes(String written) {
        return inBytes(written).trim();
    }

    /** {@code 32mb} as a number. */
    private static String inBytes(String written) {
        return Stream.of(written.split(" ")).map(ServerFilesTest::number).collect(Collectors.joining(" "));
    }

    private static String number(String word) {
        if (word.matches("\\d+mb")) {
            return String.valueOf(Long.parseLong(word.replace("mb", "")) << 20);
        }
        return word.matches("\\d+gb") ? String.valueOf(Long.parseLong(word.replace("gb", "")) << 30) : word;
    }

    @ParameterizedTest
    @EnumSource
    void server_doesWhatTheFileSays_andHealthFindsNothingUnfit(Program program) throws IOException {
        try (RealRedis server = program.start(FILES.resolve("cache.conf").toString())) {
            assertThat(differences(server, "cache.conf")).isEmpty();
            Caches.assertWork("redis://" + server.host());
        }
    }

    static Stream<Arguments> persistence() {
        return onEachServer("persistence-snapshots.conf", "persistence-log.conf");
    }

    private static Stream<Arguments> onEachServer(String... words) {
        return Program.all().flatMap(program -> Stream.of(words).map(word -> arguments(program, word)));
    }

    @ParameterizedTest
    @MethodSource("persistence")
    void persistence_isTakenAtTheEndOfTheFile(Program program, String file) throws IOException {
        String text = Files.readString(FILES.resolve("cache.conf")) + "\ninclude " + FILES.resolve(file) + "\n";
        Path whole = Files.writeString(folder.resolve("server.conf"), text);
        try (RealRedis server = program.start(whole.toString())) {
            assertThat(differences(server, file)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void users_areThoseOfTheDocumentation_andEnough(Program program) throws IOException {
        String users = Files.readString(FILES.resolve("users.acl"));
        List<String> documented = Files.readAllLines(Path.of("..", "docs", "redis.md")).stream()
                .filter(line -> line.startsWith("ACL SETUSER shop "))
                .map(line -> line.replace("ACL SETUSER shop ", ""))
                .limit(2)
                .toList();
        assertThat(users).contains("user shop " + String.join(" ", documented));
        Path file = Files.writeString(folder.resolve("users.acl"), users);
        try (RealRedis server = program.start(FILES.resolve("cache.conf").toString(), "--aclfile", file.toString())) {
            Caches.assertWork("redis://shop:change-me@" + server.host());
            try (RespClient stranger = new RespClient(server.port())) {
                assertThatThrownBy(() -> stranger.text("GET", "k")).hasMessageContaining("NOAUTH");
            }
            assertReachableFromElsewhere(server);
        }
    }

    /** To the server whoever comes from another address than 127.0.0.1 is from elsewhere, and protected mode may refuse them. */
    private static void assertReachableFromElsewhere(RealRedis server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0.2", 0));
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 10_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("AUTH shop change-me\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII))
                    .isEqualTo("+OK");
        }
    }

    @ParameterizedTest
    @EnumSource
    void renamedCommands_areGone_andCachesMissNone(Program program) {
        try (RealRedis server = program.start(
                        FILES.resolve("cache.conf").toString(),
                        "--include",
                        FILES.resolve("renamed.conf").toString());
                RespClient client = server.connect()) {
            Caches.assertWork("redis://" + server.host());
            for (String command :
                    List.of("FLUSHALL", "FLUSHDB", "KEYS", "SWAPDB", "DEBUG", "MONITOR", "MIGRATE", "SHUTDOWN")) {
                assertThatThrownBy(() -> client.call(command, "a")).hasMessageContaining("unknown command");
            }
        }
    }

    static Stream<Arguments> copiesAndClusters() {
        return onEachServer("replica.conf", "cluster.conf");
    }

    @ParameterizedTest
    @MethodSource("copiesAndClusters")
    void copiesAndClusters_areTakenAtTheEndOfTheFile(Program program, String file) throws IOException {
        try (RealRedis server = program.start(
                FILES.resolve("cache.conf").toString(),
                "--include",
                FILES.resolve(file).toString())) {
            assertThat(differences(server, file)).isEmpty();
        }
    }

    /** The line that is a remark in the file, without the sign. */
    @ParameterizedTest
    @EnumSource
    void keyspaceEvents_areThoseThatNearfarAsksFor(Program program) throws IOException {
        String events = Files.readAllLines(FILES.resolve("cache.conf")).stream()
                .filter(line -> line.startsWith("# notify-keyspace-events "))
                .map(line -> line.split(" ")[2])
                .findFirst()
                .orElseThrow();
        try (RealRedis server =
                program.start(FILES.resolve("cache.conf").toString(), "--notify-keyspace-events", events)) {
            Caches.assertWork(server.address(), "nearfar.keyspace-events", "true");
        }
    }

    /** What the file recommends, and what works too. */
    static Stream<Arguments> policies() {
        return onEachServer("volatile-lru", "allkeys-lru");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void fullServer_goesOnToTakeEntries(Program program, String policy) throws IOException {
        try (RealRedis server = program.start(
                        FILES.resolve("cache.conf").toString(), "--maxmemory", "4mb", "--maxmemory-policy", policy);
                RespClient client = server.connect()) {
            for (int i = 0; i < 300; i++) {
                client.call("SET", "filler" + i, "x".repeat(20_000), "PX", "600000");
            }
            assertThat(client.text("INFO", "stats")).containsPattern("evicted_keys:[1-9]");
            Caches.assertWork(server.address());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tls_isSpokenByTheFile(Program program) throws IOException {
        TestCertificates certificates = TestCertificates.make(folder, "server", "dns:localhost,ip:127.0.0.1");
        String text = Files.readString(FILES.resolve("tls.conf"))
                .replace("/etc/redis/server.pem", certificates.certificate().toString())
                .replace("/etc/redis/server.key", certificates.key().toString())
                .replace("/etc/redis/authority.pem", certificates.certificate().toString());
        Path tls = Files.writeString(folder.resolve("tls.conf"), text);
        Path whole = Files.writeString(
                folder.resolve("server.conf"),
                Files.readString(FILES.resolve("cache.conf")) + "\ninclude " + tls + "\n");
        try (RealRedis server = program.start(whole.toString(), "--port", "0", "--tls-port", "{port}")) {
            Caches.assertWork(
                    "rediss://localhost:" + server.port(),
                    "nearfar.tls.ca",
                    certificates.certificate().toString());
        }
    }
}
