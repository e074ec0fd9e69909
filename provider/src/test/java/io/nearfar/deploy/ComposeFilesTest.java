package io.nearfar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.deploy.Compose.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the compose files, the image and the files that they mount say of each other is so. */
class ComposeFilesTest {
    static final List<String> TOPOLOGIES = Compose.TOPOLOGIES;

    /** What we write, of what compose knows: another word is likelier a slip of the pen than a wish. */
    private static final Set<String> TOP_WORDS = Set.of("name", "services", "secrets", "volumes", "networks");

    private static final Set<String> SERVICE_WORDS = Set.of(
            "image",
            "build",
            "command",
            "entrypoint",
            "environment",
            "depends_on",
            "healthcheck",
            "networks",
            "ports",
            "secrets",
            "volumes",
            "mem_limit",
            "restart",
            "user");
    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");
    private static final Pattern DURATION = Pattern.compile("\\d+s");
    private static final String SETTINGS_OF_THE_SAMPLE =
            "../sample-war/src/main/resources/META-INF/microprofile-config.properties";

    private static Stream<Service> services(String topology) throws IOException {
        return Compose.of(topology).services().values().stream();
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void words_areThoseOfCompose(String topology) throws IOException {
        Compose compose = Compose.of(topology);
        assertThat(compose.whole().keySet()).allMatch(word -> word.startsWith("x-") || TOP_WORDS.contains(word));
        assertThat(services(topology)).isNotEmpty().allSatisfy(service -> {
            assertThat(SERVICE_WORDS)
                    .as(service.name())
                    .containsAll(service.says().keySet());
            assertThat(service.image()).as(service.name()).matches("nearfar-sample|[a-z/]+:v?[0-9.]+[a-z-]*");
            assertThat(String.valueOf(service.says().getOrDefault("mem_limit", "1m")))
                    .matches("\\d+[mg]");
            assertThat(service.says().get("restart")).isIn("unless-stopped", "no", "on-failure");
            Yaml.map(service.says(), "depends_on").forEach((other, how) -> {
                assertThat(compose.services()).containsKey(other);
                assertThat(((Map<?, ?>) how).get("condition")).asString().isIn(CONDITIONS);
            });
        });
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void healthChecks_areThere_whereSomebodyWaitsForThem(String topology) throws IOException {
        assertThat(services(topology).filter(service -> !service.name().equals("create")))
                .allSatisfy(service -> {
                    Map<String, Object> check = Yaml.map(service.says(), "healthcheck");
                    assertThat(check.keySet())
                            .as(service.name())
                            .contains("test", "interval", "timeout", "retries")
                            .isSubsetOf("test", "interval", "timeout", "retries", "start_period");
                    assertThat(Stream.of("interval", "timeout", "start_period")
                                    .filter(check::containsKey)
                                    .map(check::get))
                            .allMatch(given ->
                                    DURATION.matcher(String.valueOf(given)).matches());
                    assertThat(((List<?>) check.get("test")).get(0)).isIn("CMD", "CMD-SHELL");
                });
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void files_thatAreMounted_areThere(String topology) throws IOException {
        Compose compose = Compose.of(topology);
        assertThat(services(topology)).allSatisfy(service -> {
            assertThat(service.mounts().values()).allMatch(Files::exists);
            assertThat(service.secrets())
                    .allSatisfy(secret -> assertThat(compose.secret(secret)).isRegularFile());
            for (String word : service.command()) {
                if (word.startsWith("/etc/redis/") || word.startsWith("/users")) {
                    assertThat(mounted(service, word)).as(word).isRegularFile();
                }
            }
        });
    }

    private static Path mounted(Service service, String path) {
        return service.mounts().entrySet().stream()
                .filter(mount -> path.startsWith(mount.getKey()))
                .map(mount -> path.equals(mount.getKey())
                        ? mount.getValue()
                        : mount.getValue().resolve(path.substring(mount.getKey().length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void variables_areSettings(String topology) throws IOException {
        String reference = Files.readString(Path.of("..", "docs", "reference.md"));
        String sample = Files.readString(Path.of(SETTINGS_OF_THE_SAMPLE));
        for (String node : List.of("node1", "node2")) {
            Set<String> variables = new TreeSet<>(
                    Compose.of(topology).service(node).environment().keySet());
            assertThat(variables).contains("NEARFAR_ADDRESS", "NEARFAR_PASSWORD_FILE");
            assertThat(variables)
                    .allSatisfy(variable -> assertThat(isSetting(variable, reference, sample))
                            .as(variable)
                            .isTrue());
        }
    }

    /** Tells whether a variable is of ours or of the sample's. */
    static boolean isSetting(String variable, String reference, String sample) {
        return variable.startsWith("NEARFAR_")
                ? reference.contains("| `" + variable + "` |")
                : sample.contains(
                        "\n" + variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.') + "=");
    }

    /** What is published to this machine, asked for by health checks, collected by Prometheus and listened at. */
    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void ports_agree(String topology) throws IOException {
        Compose compose = Compose.of(topology);
        String image = Files.readString(Yaml.FILES.resolve("sample").resolve("Dockerfile"));
        assertThat(image).contains("EXPOSE 8080", "\"--port\", \"8080\"");
        for (String node : List.of("node1", "node2")) {
            assertThat(Yaml.<String>list(compose.service(node).says(), "ports"))
                    .singleElement()
                    .asString()
                    .endsWith(":8080");
            assertThat(String.join(" ", compose.service(node).healthCheck())).contains("/127.0.0.1/8080 ");
        }
        assertThat(targets()).containsExactlyInAnyOrder("node1:8080", "node2:8080");
        assertThat(Yaml.<String>list(compose.service("prometheus").says(), "ports"))
                .allMatch(port -> port.endsWith(":9090"));
        assertThat(compose.service("database").command()).contains("9092");
        assertThat(String.valueOf(compose.service("node1").environment().get("GAZETTEER_DATABASE")))
                .startsWith("jdbc:h2:tcp://database:9092/");
        assertThat(services(topology).flatMap(service -> Yaml.<String>list(service.says(), "ports").stream()))
                .as("open to this machine alone, and each once")
                .doesNotHaveDuplicates()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    private static List<String> targets() throws IOException {
        List<Map<String, Object>> jobs =
                Yaml.list(Yaml.read(Yaml.FILES.resolve("prometheus").resolve("prometheus.yml")), "scrape_configs");
        return jobs.stream()
                .flatMap(job -> Yaml.<Map<String, Object>>list(job, "static_configs").stream())
                .flatMap(config -> Yaml.<String>list(config, "targets").stream())
                .toList();
    }

    @Test
    void grafana_findsPrometheusAndTheDashboard() throws IOException {
        Path provisioning = Yaml.FILES.resolve("grafana").resolve("provisioning");
        Map<String, Object> source = Yaml.<Map<String, Object>>list(
                        Yaml.read(provisioning.resolve("datasources").resolve("prometheus.yml")), "datasources")
                .get(0);
        assertThat(source).containsEntry("type", "prometheus").containsEntry("url", "http://prometheus:9090");
        Map<String, Object> provider = Yaml.<Map<String, Object>>list(
                        Yaml.read(provisioning.resolve("dashboards").resolve("nearfar.yml")), "providers")
                .get(0);
        Map<String, Path> mounts = Compose.of("standalone").service("grafana").mounts();
        assertThat(mounts).containsEntry("/etc/grafana/provisioning", provisioning);
        assertThat(mounts.entrySet()).anySatisfy(mount -> {
            assertThat(mount.getKey())
                    .startsWith(String.valueOf(Yaml.map(provider, "options").get("path")));
            assertThat(mount.getValue()).endsWith(Path.of("grafana", "nearfar.json"));
        });
    }

    /** The users of both files, and the passwords that others give. */
    @Test
    void users_haveTheRightsOfTheDocumentation_andThePasswordsThatAreGiven() throws IOException {
        String users = Files.readString(Compose.FOLDER.resolve("users.acl"));
        assertThat(users).contains("user gazetteer " + documented(" +subscribe"));
        assertThat(Files.readString(Compose.FOLDER.resolve("users-cluster.acl")))
                .contains("user gazetteer " + documented(" +cluster|nodes +ssubscribe"));
        String copies = Files.readString(Yaml.FILES.resolve("redis").resolve("replica.conf"));
        String sentinel = Files.readString(Yaml.FILES.resolve("redis").resolve("sentinel.conf"));
        assertThat(copies).contains("masterauth " + password(users, "replica"));
        assertThat(sentinel).contains("auth-pass mymaster " + password(users, "sentinel"));
        Path secrets = Compose.FOLDER.resolve("secrets");
        assertThat(secrets.resolve("redis-password")).hasContent(password(users, "gazetteer"));
        assertThat(secrets.resolve("operator-password")).hasContent(password(users, "operator"));
    }

    /** Returns the line of the documentation for the user, and the one of its topology. */
    private static String documented(String topology) throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "redis.md")).stream()
                .filter(line -> line.startsWith("ACL SETUSER shop "))
                .map(line -> line.replace("ACL SETUSER shop", "").replace("{shop", "{gazetteer"))
                .filter(line -> line.startsWith(" on >change-me resetkeys") || line.startsWith(topology))
                .collect(Collectors.joining())
                .strip();
    }

    private static String password(String users, String user) {
        return Pattern.compile("(?m)^user " + user + " on >(\\S+)")
                .matcher(users)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** What the image copies is what the build of the sample makes, and nothing else is sent to who builds the image. */
    @Test
    void image_isMadeOfWhatTheBuildMakes() throws IOException {
        Path folder = Yaml.FILES.resolve("sample");
        List<String> sent = Yaml.lines(folder.resolve("Dockerfile.dockerignore"))
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> copied = Yaml.lines(folder.resolve("Dockerfile"))
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .map(line -> line.split(" ")[1])
                .toList();
        assertThat(copied).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(Files.readString(Path.of("..", "sample-war", "pom.xml")))
                .contains(
                        "<artifactId>nearfar-sample-war</artifactId>", "<destFileName>payara-micro.jar</destFileName>");
    }
}
