package io.nearfar.sample.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the README, as a process: it serves the application, and stopped it leaves nothing behind. */
class LauncherIT {
    private static final Pattern ADDRESS = Pattern.compile("The gazetteer: (\\S+)");
    private static final Pattern POPULATION = Pattern.compile("\"id\":360630[^}]*\"population\":(\\d+)");
    private static final String CAIRO = "api/cities/360630";
    private static final int OK = 200;

    /** The JVMs that it starts have what those of all tests have. */
    private static final Map<String, String> LIKE_TESTS =
            Map.of("JDK_JAVA_OPTIONS", System.getProperty("tests.jvm", ""));

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void main_stopped_leavesNothingBehind() throws Exception {
        run(1, nodes -> {
            assertThat(body(nodes.get(0) + "api/cities/suggestions?q=timbukt")).contains("\"name\":\"Timbuktu\"");
            assertThat(body(nodes.get(0))).contains("<title>Gazetteer</title>");
        });
    }

    /** They share caches and database: what one changes, the other shows. */
    @Test
    void main_ofTwoNodes_sharesChangesAndLeavesNothingBehind() throws Exception {
        run(2, nodes -> {
            assertThat(population(nodes.get(1))).isEqualTo(population(nodes.get(0)));
            assertThat(changed(nodes.get(0), 9_000_001)).isEqualTo(OK);
            await().atMost(END)
                    .untilAsserted(() -> assertThat(population(nodes.get(1))).isEqualTo(9_000_001));
            assertThat(changed(nodes.get(1), 9_000_002)).isEqualTo(OK);
            await().atMost(END)
                    .untilAsserted(() -> assertThat(population(nodes.get(0))).isEqualTo(9_000_002));
        });
    }

    /** What is done with the addresses of the nodes while they run. */
    private interface Visit {
        void to(List<String> nodes) throws Exception;
    }

    private void run(int nodes, Visit visit) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path log = folder.resolve("launcher.log");
        Child launcher = Child.start("launcher", log, LIKE_TESTS, command(nodes, temporary));
        List<ProcessHandle> parts;
        try {
            await().atMost(START)
                    .until(() -> !launcher.running() || addresses(log).size() == nodes);
            assertThat(addresses(log)).as(launcher.report()).hasSize(nodes);
            visit.to(addresses(log));
            parts = launcher.descendants();
            assertThat(parts).as("Redis and the nodes").hasSize(1 + nodes);
        } finally {
            launcher.close();
        }
        await().atMost(END).untilAsserted(() -> assertThat(parts).noneMatch(ProcessHandle::isAlive));
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata")))
                    .isEmpty();
        }
    }

    private static List<String> command(int nodes, Path temporary) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dport=" + Loopback.anyPort(),
                "-Dnodes=" + nodes,
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                System.getProperty("sample.build"));
    }

    private static List<String> addresses(Path log) throws IOException {
        return ADDRESS.matcher(Files.readString(log))
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    private static int population(String node) throws Exception {
        Matcher population = POPULATION.matcher(body(node + CAIRO));
        assertThat(population.find()).isTrue();
        return Integer.parseInt(population.group(1));
    }

    /** Changes the city as somebody who may; returns the status of the answer. */
    private static int changed(String node, int population) throws Exception {
        String secret = Base64.getEncoder().encodeToString("ada:ada".getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(URI.create(node + CAIRO))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + secret)
                .PUT(BodyPublishers.ofString("{\"population\":" + population + ",\"note\":\"\"}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static String body(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
