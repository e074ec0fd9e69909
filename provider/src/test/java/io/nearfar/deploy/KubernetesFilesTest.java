package io.nearfar.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The manifests are what Kubernetes' own types know, and what they say of each other and of our files is so. */
class KubernetesFilesTest {
    private static final Path FOLDER = Yaml.FILES.resolve("kubernetes");
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    Namespace.class,
                    ConfigMap.class,
                    Secret.class,
                    Service.class,
                    StatefulSet.class,
                    Deployment.class,
                    NetworkPolicy.class,
                    PodDisruptionBudget.class)
            .collect(Collectors.toMap(Class::getSimpleName, kind -> kind));

    /** Those types take what they do not know, too; here that is an error. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final List<HasMetadata> manifests = new ArrayList<>();

    private static HasMetadata strict(Map<String, Object> document) {
        HasMetadata manifest = STRICT.convertValue(document, KINDS.get(String.valueOf(document.get("kind"))));
        assertThat(document.get("apiVersion")).isEqualTo(HasMetadata.getApiVersion(manifest.getClass()));
        return manifest;
    }

    @BeforeEach
    void read() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                Yaml.all(file).forEach(document -> manifests.add(strict(document)));
            }
        }
    }

    private <T> List<T> all(Class<T> kind) {
        return manifests.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private <T extends HasMetadata> T named(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(manifest -> manifest.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
    }

    private List<PodTemplateSpec> pods() {
        return Stream.concat(
                        all(StatefulSet.class).stream().map(set -> set.getSpec().getTemplate()),
                        all(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()))
                .toList();
    }

    private static Container container(PodTemplateSpec pod) {
        return pod.getSpec().getContainers().get(0);
    }

    private static boolean selects(Map<String, String> selector, PodTemplateSpec pod) {
        return pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet());
    }

    private static Stream<Probe> probes(Container container) {
        return Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                .filter(probe -> probe != null);
    }

    @Test
    void unknownWord_isAnError() throws IOException {
        Map<String, Object> document =
                Yaml.all(FOLDER.resolve("3-gazetteer.yml")).get(2);
        Yaml.map(document, "spec", "template", "spec").put("enableServiceLink", false);
        assertThatThrownBy(() -> strict(document)).hasMessageContaining("enableServiceLink");
    }

    @Test
    void kinds_areAllThere_inOneNamespace() {
        assertThat(manifests).extracting(HasMetadata::getKind).containsAll(KINDS.keySet());
        assertThat(manifests.stream().filter(manifest -> !(manifest instanceof Namespace)))
                .allMatch(manifest -> "gazetteer".equals(manifest.getMetadata().getNamespace()));
        assertThat(manifests)
                .extracting(
                        manifest -> manifest.getKind() + manifest.getMetadata().getName())
                .doesNotHaveDuplicates();
        assertThat(named(Deployment.class, "gazetteer").getSpec().getReplicas()).isEqualTo(2);
    }

    @Test
    void selectors_findThePodsThatTheyMean() {
        assertThat(all(StatefulSet.class)).allSatisfy(set -> {
            assertThat(selects(
                            set.getSpec().getSelector().getMatchLabels(),
                            set.getSpec().getTemplate()))
                    .isTrue();
            assertThat(named(Service.class, set.getSpec().getServiceName())).isNotNull();
        });
        assertThat(all(Deployment.class))
                .allMatch(deployment -> selects(
                        deployment.getSpec().getSelector().getMatchLabels(),
                        deployment.getSpec().getTemplate()));
        List<Map<String, String>> selectors = new ArrayList<>();
        all(Service.class).forEach(service -> selectors.add(service.getSpec().getSelector()));
        all(PodDisruptionBudget.class)
                .forEach(budget -> selectors.add(budget.getSpec().getSelector().getMatchLabels()));
        all(NetworkPolicy.class).forEach(policy -> {
            selectors.add(policy.getSpec().getPodSelector().getMatchLabels());
            policy.getSpec()
                    .getIngress()
                    .forEach(rule -> rule.getFrom().forEach(peer -> {
                        LabelSelector from = peer.getPodSelector();
                        selectors.add(from.getMatchLabels());
                    }));
        });
        assertThat(selectors)
                .hasSizeGreaterThan(6)
                .allSatisfy(selector -> assertThat(pods().stream().filter(pod -> selects(selector, pod)))
                        .hasSize(1));
    }

    @Test
    void ports_agree() {
        for (Service service : all(Service.class)) {
            service.getSpec()
                    .getPorts()
                    .forEach(port -> assertThat(pods().stream()
                                    .filter(pod -> selects(service.getSpec().getSelector(), pod))
                                    .flatMap(pod -> container(pod).getPorts().stream()))
                            .as(service.getMetadata().getName())
                            .anyMatch(open ->
                                    open.getName().equals(port.getTargetPort().getStrVal())));
        }
        for (NetworkPolicy policy : all(NetworkPolicy.class)) {
            policy.getSpec().getIngress().stream()
                    .flatMap(rule -> rule.getPorts().stream())
                    .forEach(port -> assertThat(pods().stream()
                                    .filter(pod -> selects(
                                            policy.getSpec().getPodSelector().getMatchLabels(), pod))
                                    .flatMap(pod -> container(pod).getPorts().stream()))
                            .anyMatch(open -> new IntOrString(open.getContainerPort()).equals(port.getPort())));
        }
        Map<String, String> settings = named(ConfigMap.class, "gazetteer").getData();
        assertThat(settings.get("NEARFAR_ADDRESS")).isEqualTo("redis://redis:6379");
        assertThat(port("redis")).isEqualTo(6379);
        assertThat(settings.get("GAZETTEER_DATABASE")).startsWith("jdbc:h2:tcp://database:9092/");
        assertThat(port("database")).isEqualTo(9092);
        assertThat(container(named(Deployment.class, "gazetteer").getSpec().getTemplate())
                        .getPorts()
                        .get(0)
                        .getContainerPort())
                .isEqualTo(8080);
    }

    private int port(String service) {
        return named(Service.class, service).getSpec().getPorts().get(0).getPort();
    }

    @Test
    void pods_areBoundedProbedAndLockedIn() {
        assertThat(pods()).hasSize(3).allSatisfy(pod -> {
            Container container = container(pod);
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getReadinessProbe()).isNotNull();
            assertThat(container.getLivenessProbe()).isNotNull();
            assertThat(probes(container)
                            .map(probe -> probe.getHttpGet() == null
                                    ? probe.getTcpSocket() == null
                                            ? null
                                            : probe.getTcpSocket().getPort()
                                    : probe.getHttpGet().getPort())
                            .filter(port -> port != null))
                    .allMatch(port -> container.getPorts().stream()
                            .anyMatch(open -> open.getName().equals(port.getStrVal())));
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
        });
    }

    @Test
    void whatIsMountedAndRead_isThere() {
        for (PodTemplateSpec pod : pods()) {
            Set<String> volumes = new TreeSet<>();
            for (Volume volume : pod.getSpec().getVolumes()) {
                volumes.add(volume.getName());
                if (volume.getConfigMap() != null) {
                    named(ConfigMap.class, volume.getConfigMap().getName());
                }
                if (volume.getSecret() != null) {
                    named(Secret.class, volume.getSecret().getSecretName());
                }
            }
            all(StatefulSet.class)
                    .forEach(set -> set.getSpec()
                            .getVolumeClaimTemplates()
                            .forEach(claim -> volumes.add(claim.getMetadata().getName())));
            container(pod)
                    .getVolumeMounts()
                    .forEach(mount -> assertThat(volumes).contains(mount.getName()));
            container(pod)
                    .getEnvFrom()
                    .forEach(from ->
                            named(ConfigMap.class, from.getConfigMapRef().getName()));
        }
        Container redis = container(named(StatefulSet.class, "redis").getSpec().getTemplate());
        assertThat(redis.getCommand().stream().filter(word -> word.startsWith("/etc/redis/")))
                .isNotEmpty()
                .allMatch(file ->
                        named(ConfigMap.class, "redis").getData().containsKey(file.substring("/etc/redis/".length())));
        assertThat(named(Secret.class, "redis-password").getStringData()).containsOnlyKeys("password");
    }

    @Test
    void variables_areSettings() throws IOException {
        String reference = Files.readString(Path.of("..", "docs", "reference.md"));
        String sample = Files.readString(
                Path.of("..", "sample-war", "src", "main", "resources", "META-INF", "microprofile-config.properties"));
        Set<String> variables =
                new TreeSet<>(named(ConfigMap.class, "gazetteer").getData().keySet());
        container(named(Deployment.class, "gazetteer").getSpec().getTemplate())
                .getEnv()
                .forEach(variable -> variables.add(variable.getName()));
        assertThat(variables).hasSize(5).allMatch(variable -> ComposeFilesTest.isSetting(variable, reference, sample));
    }

    /** So that what is tested of those files holds for what the manifests carry. */
    @Test
    void filesWithin_areThoseOfTheOtherFolders() throws IOException {
        Path files = Yaml.FILES.resolve("redis");
        Map<String, String> carried = named(ConfigMap.class, "redis").getData();
        assertThat(carried).hasSize(2);
        for (Map.Entry<String, String> file : carried.entrySet()) {
            assertThat(file.getValue()).isEqualTo(Files.readString(files.resolve(file.getKey())));
        }
        List<String> users = Yaml.lines(Compose.FOLDER.resolve("users.acl"))
                .filter(line -> !line.matches("user (replica|sentinel) .*"))
                .toList();
        assertThat(named(Secret.class, "redis-users")
                        .getStringData()
                        .get("users.acl")
                        .lines())
                .containsExactlyElementsOf(users);
        Container redis = container(named(StatefulSet.class, "redis").getSpec().getTemplate());
        assertThat(redis.getReadinessProbe().getExec().getCommand())
                .isEqualTo(Compose.of("standalone").service("redis").healthCheck());
        Container database =
                container(named(Deployment.class, "database").getSpec().getTemplate());
        assertThat(database.getArgs())
                .isEqualTo(Compose.of("standalone").service("database").command());
    }
}
