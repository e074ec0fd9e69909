package io.nearfar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nearfar.Metric;
import io.nearfar.Metric.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard and the alerts of {@code deploy} ask for metrics that there are, as what they are, by tags that they have. */
class MonitoringFilesTest {
    private static final Path FILES = Path.of("..", "deploy");
    private static final Pattern METRIC = Pattern.compile("(rate|increase)?\\(?(nearfar_[a-z_]+)(\\{[^}]*})?(\\[)?");
    private static final Pattern GROUPS = Pattern.compile("\\b(?:by|on) \\(([a-z, ]+)\\)");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)(?:=~|=)\"");

    private static final String IN_A_WHILE = ", in a while";

    /** What Prometheus adds by itself. */
    private static final Set<String> EVERYWHERE = Set.of("instance", "job", "le");

    private static final Map<String, Metric> METRICS =
            Arrays.stream(Metric.values()).collect(Collectors.toMap(Metric::fullName, metric -> metric));

    private static Stream<JsonNode> panels() throws IOException {
        return elements(new ObjectMapper()
                .readTree(FILES.resolve("grafana").resolve("nearfar.json").toFile())
                .get("panels"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Stream<String> expressions(JsonNode panel) {
        return elements(panel.path("targets")).map(target -> target.get("expr").asText());
    }

    private static List<String> dashboard() throws IOException {
        return panels().flatMap(MonitoringFilesTest::expressions).toList();
    }

    /** Returns Grafana's name of what an expression counts in; how often in a while is another than how many there are. */
    private static String unit(String expression) {
        if (expression.startsWith("histogram_quantile")) {
            return "s";
        }
        if (expression.contains(" / ")) {
            return "percentunit";
        }
        boolean bytes =
                Pattern.compile("_bytes(_total)?\\b").matcher(expression).find();
        if (expression.contains("rate(")) {
            return bytes ? "Bps" : "ops";
        }
        return bytes ? "bytes" : expression.contains("increase(") ? "short" + IN_A_WHILE : "short";
    }

    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                yaml(FILES.resolve("prometheus").resolve("nearfar-rules.yml"));
        return file.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .toList();
    }

    private static <T> T yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    private static List<String> alerts() throws IOException {
        return rules().stream().map(rule -> (String) rule.get("expr")).toList();
    }

    /** Returns what is wrong with an expression. */
    private static List<String> mistakes(String expression) {
        List<String> mistakes = new ArrayList<>();
        Set<String> tags = new TreeSet<>(EVERYWHERE);
        Matcher named = METRIC.matcher(expression);
        while (named.find()) {
            Metric metric = metric(named.group(2));
            if (metric == null) {
                mistakes.add(named.group(2) + " is no metric");
                continue;
            }
            tags.addAll(metric.tags());
            boolean grows = metric.kind() != Kind.GAUGE;
            if (grows != (named.group(1) != null && named.group(4) != null)) {
                mistakes.add(named.group(2) + " is a " + metric.kind() + (grows ? " without a rate" : " with a rate"));
            }
            if (named.group(3) != null) {
                labels(named.group(3))
                        .filter(label -> !isOf(metric, label))
                        .forEach(label -> mistakes.add(metric.fullName() + " has no tag " + label));
            }
        }
        Matcher groups = GROUPS.matcher(expression);
        while (groups.find()) {
            Arrays.stream(groups.group(1).split(", "))
                    .filter(tag -> !tags.contains(tag) && !expression.contains("nearfar:"))
                    .forEach(tag -> mistakes.add("nothing has the tag " + tag));
        }
        if (expression.chars().filter(c -> c == '(').count()
                != expression.chars().filter(c -> c == ')').count()) {
            mistakes.add("brackets do not match");
        }
        return mistakes;
    }

    private static Stream<String> labels(String selector) {
        return LABEL.matcher(selector).results().map(label -> label.group(1));
    }

    private static boolean isOf(Metric metric, String label) {
        return EVERYWHERE.contains(label) || metric.tags().contains(label);
    }

    /** Returns the metric of a series: of a histogram there are several. */
    private static Metric metric(String series) {
        Metric histogram = METRICS.get(series.replaceAll("_(bucket|count|sum)$", ""));
        Metric plain = METRICS.get(series);
        return plain != null && plain.kind() != Kind.HISTOGRAM
                ? plain
                : histogram != null && histogram.kind() == Kind.HISTOGRAM && plain == null ? histogram : null;
    }

    @Test
    void panels_askForWhatThereIs() throws IOException {
        assertThat(dashboard())
                .hasSizeGreaterThan(20)
                .allSatisfy(expression ->
                        assertThat(mistakes(expression)).as(expression).isEmpty());
    }

    /** Two on one axis would be read as if they could be compared. */
    @Test
    void panels_haveOneUnit() throws IOException {
        assertThat(panels().filter(panel -> panel.has("targets"))).allSatisfy(panel -> {
            Set<String> units =
                    expressions(panel).map(MonitoringFilesTest::unit).collect(Collectors.toSet());
            assertThat(units)
                    .as(panel.get("title").asText())
                    .singleElement()
                    .extracting(unit -> unit.replace(IN_A_WHILE, ""))
                    .isEqualTo(panel.at("/fieldConfig/defaults/unit").asText());
        });
    }

    @Test
    void alerts_askForWhatThereIs() throws IOException {
        assertThat(alerts())
                .hasSizeGreaterThan(10)
                .allSatisfy(expression ->
                        assertThat(mistakes(expression)).as(expression).isEmpty());
    }

    @Test
    void everyMetric_isShownByAPanel() throws IOException {
        Set<Metric> shown = dashboard().stream()
                .flatMap(expression -> METRIC.matcher(expression).results().map(found -> metric(found.group(2))))
                .collect(Collectors.toSet());
        Set<Metric> missing = new TreeSet<>(List.of(Metric.values()));
        missing.removeAll(shown);
        missing.remove(Metric.CACHE_NEAR_DURATION); // of nanoseconds, which nobody watches
        assertThat(missing).isEmpty();
    }

    @Test
    void alerts_sayWhatIsWrong_andWhereToLook() throws IOException {
        assertThat(rules().stream().filter(rule -> rule.containsKey("alert"))).allSatisfy(rule -> {
            assertThat((String) rule.get("alert")).startsWith("Nearfar");
            assertThat(rule.get("annotations"))
                    .extracting(annotations -> ((Map<?, ?>) annotations).keySet())
                    .isEqualTo(Set.of("summary", "description"));
            assertThat(rule.get("labels"))
                    .extracting(labels -> ((Map<?, ?>) labels).keySet())
                    .isEqualTo(Set.of("severity"));
        });
    }

    @Test
    void recordedNames_areThoseThatAlertsUse() throws IOException {
        Set<Object> recorded = rules().stream().map(rule -> rule.get("record")).collect(Collectors.toSet());
        Pattern name = Pattern.compile("nearfar:[a-z0-9_:]+");
        assertThat(alerts().stream()
                        .flatMap(
                                expression -> name.matcher(expression).results().map(found -> found.group())))
                .isNotEmpty()
                .allMatch(recorded::contains);
    }

    /** Else what is asked of a job would never be so. */
    @Test
    void jobs_areThoseThatAreCollected() throws IOException {
        Map<String, List<Map<String, Object>>> configuration =
                yaml(FILES.resolve("prometheus").resolve("prometheus.yml"));
        Set<Object> collected = configuration.get("scrape_configs").stream()
                .map(job -> job.get("job_name"))
                .collect(Collectors.toSet());
        Pattern named = Pattern.compile("job=\"([^\"]*)\"");
        assertThat(alerts().stream()
                        .flatMap(expression ->
                                named.matcher(expression).results().map(found -> found.group(1))))
                .isNotEmpty()
                .allMatch(collected::contains);
    }

    @Test
    void mistakes_areFound() {
        assertThat(mistakes("rate(nearfar_cache_hit_total[5m])"))
                .containsExactly("nearfar_cache_hit_total is no metric");
        assertThat(mistakes("sum(nearfar_cache_hits_total)")).hasSize(1);
        assertThat(mistakes("rate(nearfar_cache_dirty_keys[5m])")).hasSize(1);
        assertThat(mistakes("sum by (tier) (rate(nearfar_cache_misses_total[5m]))"))
                .hasSize(1);
        assertThat(mistakes("rate(nearfar_cache_misses_total{tier=\"near\"}[5m])"))
                .hasSize(1);
        assertThat(mistakes("rate(nearfar_message_lag_seconds[5m])")).hasSize(1);
        assertThat(mistakes("sum(rate(nearfar_cache_hits_total[5m])")).hasSize(1);
    }
}
