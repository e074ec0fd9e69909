package io.nearfar.deploy;

import static org.awaitility.Awaitility.await;

import io.nearfar.deploy.Compose.Service;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The servers of compose files as processes on 127.0.0.1: with the commands, files and passwords that stand there, where
 * names become ports and the paths within a container those of a folder.
 */
final class Containers implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    /** What no word holds. */
    private static final String BETWEEN = "\0";

    private static final Pattern OWN_PORT = Pattern.compile("(?m)(^port |-p )(6379|26379)\\b");

    private final Compose compose;
    private final Program program;
    private final Path folder;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Process> processes = new HashMap<>();

    Containers(Compose compose, Program program, Path folder) {
        this.compose = compose;
        this.program = program;
        this.folder = folder;
        compose.services().values().stream()
                .filter(service -> service.isRedis() && !service.healthCheck().isEmpty())
                .flatMap(service -> service.hosts().stream().limit(1))
                .forEach(name -> ports.put(name, RealRedis.freePort()));
    }

    /** Tells whether the health checks can be run: they ask redis-cli. */
    static boolean isClientInstalled() {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "redis-cli")));
    }

    int port(String service) {
        return ports.get(service);
    }

    /** Starts services and waits until their health checks say that they are well. */
    void start(List<String> services) throws IOException {
        for (String service : services) {
            processes.put(service, launch(compose.service(service)));
        }
        services.forEach(this::awaitWell);
    }

    private void awaitWell(String service) {
        await(service).atMost(SOON).until(() -> {
            if (!processes.get(service).isAlive()) {
                throw new IllegalStateException(service + " ended: " + log(service));
            }
            return isClientInstalled()
                    ? run(service, compose.service(service).healthCheck()) == 0
                    : isListening(service);
        });
    }

    private boolean isListening(String service) {
        return log(service).contains("Ready to accept") || log(service).contains("Sentinel ID");
    }

    String log(String service) {
        try {
            return Files.readString(folder.resolve(service).resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the command of a service that ends by itself. */
    int runToItsEnd(String service) throws IOException, InterruptedException {
        return launch(compose.service(service)).waitFor();
    }

    /** Runs a command within a service that is there; returns how it ended. */
    int run(String service, List<String> command) throws IOException, InterruptedException {
        Path data = folder.resolve(service);
        return new ProcessBuilder(translated(compose.service(service), command))
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("check.log").toFile())
                .start()
                .waitFor();
    }

    private Process launch(Service service) throws IOException {
        Path data = Files.createDirectories(folder.resolve(service.name()));
        for (Map.Entry<String, Path> mount : service.mounts().entrySet()) {
            copy(service, mount.getValue(), inside(service, mount.getKey()));
        }
        Process process = new ProcessBuilder(translated(service, service.command()))
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private Path inside(Service service, String path) {
        return folder.resolve(service.name() + path.replace('/', '_'));
    }

    private void copy(Service service, Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            Files.writeString(to, translated(service, Files.readString(from)));
            return;
        }
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                copy(service, file, to.resolve(file.getFileName()));
            }
        }
    }

    private List<String> translated(Service service, List<String> command) {
        return List.of(translated(service, String.join(BETWEEN, command)).split(BETWEEN));
    }

    /** Returns what a word or a file says in terms of this machine. */
    String translated(Service service, String text) {
        String here = text.replace("0.0.0.0", "127.0.0.1");
        here = Pattern.compile("(?<![\\w.-])" + names() + "( -p |:| |" + BETWEEN + ")(6379|26379)\\b")
                .matcher(here)
                .replaceAll(found -> "127.0.0.1" + found.group(2) + port(found));
        here = Pattern.compile("(?<![\\w./-])" + names() + "(?![\\w./-]|://)")
                .matcher(here)
                .replaceAll("127.0.0.1");
        if (ports.containsKey(service.name())) {
            here = OWN_PORT.matcher(here).replaceAll("$1" + port(service.name()));
        }
        for (String path : service.mounts().keySet()) {
            here = here.replaceAll(
                    "(?<![a-z/.])" + Pattern.quote(path) + "\\b",
                    Matcher.quoteReplacement(inside(service, path).toString()));
        }
        for (String secret : service.secrets()) {
            here = here.replace("/run/secrets/" + secret, compose.secret(secret).toString());
        }
        here = here.replaceAll(
                "(?<= )/data\\b",
                Matcher.quoteReplacement(folder.resolve(service.name()).toString()));
        return here.replaceAll("\\bredis-server\\b", Matcher.quoteReplacement(program.path()));
    }

    private String names() {
        return compose.services().values().stream()
                .filter(service -> ports.containsKey(service.name()))
                .flatMap(service -> service.hosts().stream())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(", ")"));
    }

    private int port(MatchResult found) {
        return compose.services().values().stream()
                .filter(service -> service.hosts().contains(found.group(1)))
                .map(service -> ports.get(service.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Ends a service without a farewell. */
    void kill(String service) {
        Process process = processes.get(service);
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        new ArrayList<>(processes.keySet()).forEach(this::kill);
    }
}
