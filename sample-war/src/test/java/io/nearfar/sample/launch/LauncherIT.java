package io.nearfar.sample.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the README, as a process: it serves the application, and stopped it leaves nothing behind. */
class LauncherIT {
    private static final Pattern ADDRESS = Pattern.compile("The gazetteer: (\\S+)");
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void main_stopped_leavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path log = folder.resolve("launcher.log");
        Child launcher = Child.start("launcher", log, Map.of(), command(temporary));
        List<ProcessHandle> parts;
        try {
            await().atMost(START)
                    .until(() -> !launcher.running() || address(log).isPresent());
            assertThat(address(log)).as(launcher.report()).isPresent();
            assertThat(body(address(log).orElseThrow() + "api/cities/suggestions?q=timbukt"))
                    .contains("\"name\":\"Timbuktu\"");
            assertThat(body(address(log).orElseThrow())).contains("<title>Gazetteer</title>");
            parts = launcher.descendants();
            assertThat(parts).hasSize(2);
        } finally {
            launcher.close();
        }
        await().atMost(END).untilAsserted(() -> assertThat(parts).noneMatch(ProcessHandle::isAlive));
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata")))
                    .isEmpty();
        }
    }

    private static List<String> command(Path temporary) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dport=" + Loopback.anyPort(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                System.getProperty("sample.build"));
    }

    private static Optional<String> address(Path log) throws IOException {
        Matcher line = ADDRESS.matcher(Files.readString(log));
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    private static String body(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
