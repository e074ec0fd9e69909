package io.nearfar.sample.monitoring;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules of {@code deploy/prometheus}, evaluated as Prometheus does it: one after the other, every 15 seconds. */
final class Rules {
    static final Path FILE = Path.of("..", "deploy", "prometheus", "nearfar-rules.yml");
    static final int STEP = 15;

    private final List<Rule> rules = new ArrayList<>();

    /** One of them; it records or alerts. */
    record Rule(
            @Nullable String record,
            @Nullable String alert,
            String text,
            Expression expression,
            int lasting,
            Map<String, String> labels) {
        /** Tells whether it is one of these alerts, or recorded for one. */
        boolean isFor(Set<String> alerts, List<Rule> rules) {
            return record == null
                    ? isOneOf(alerts)
                    : rules.stream().anyMatch(rule -> rule.isOneOf(alerts) && rule.text.contains(record));
        }

        boolean isOneOf(Set<String> alerts) {
            return alert != null && alerts.contains(alert);
        }
    }

    @SuppressWarnings("unchecked")
    static Rules read() throws IOException {
        Rules read = new Rules();
        try (Reader reader = Files.newBufferedReader(FILE)) {
            Map<String, List<Map<String, Object>>> file =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            for (Map<String, Object> group : file.get("groups")) {
                for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                    read.rules.add(new Rule(
                            (String) rule.get("record"),
                            (String) rule.get("alert"),
                            (String) rule.get("expr"),
                            Query.read((String) rule.get("expr")),
                            Query.duration(rule.get("for")),
                            (Map<String, String>) rule.getOrDefault("labels", Map.of())));
                }
            }
        }
        return read;
    }

    Set<String> alerts() {
        Set<String> alerts = new TreeSet<>();
        rules.stream().map(Rule::alert).filter(name -> name != null).forEach(alerts::add);
        return alerts;
    }

    /** Returns what some alerts ask for, and what is recorded for them. */
    String texts(Set<String> alerts) {
        return rules.stream()
                .filter(rule -> rule.isFor(alerts, rules))
                .map(Rule::text)
                .collect(Collectors.joining("\n"));
    }

    /** Returns for how many seconds the most patient of some alerts waits. */
    int longest(Set<String> alerts) {
        return rules.stream()
                .filter(rule -> rule.isOneOf(alerts))
                .mapToInt(Rule::lasting)
                .max()
                .orElseThrow();
    }

    /**
     * Evaluates some alerts up to an instant, and adds to {@code series} what is recorded for them.
     *
     * @return the alerts that fire then, each with the labels under which Prometheus shows it
     */
    Map<String, Set<String>> firing(Set<String> alerts, Series series, int until) {
        List<Rule> wanted =
                rules.stream().filter(rule -> rule.isFor(alerts, rules)).toList();
        Map<Rule, Map<Labels, Integer>> since = new HashMap<>();
        for (int second = 0; second <= until; second += STEP) {
            for (Rule rule : wanted) {
                evaluate(rule, series, second, since);
            }
        }
        Map<String, Set<String>> firing = new LinkedHashMap<>();
        since.forEach((rule, held) -> held.forEach((labels, from) -> {
            if (until - from >= rule.lasting()) {
                Labels shown =
                        labels.with("alertname", String.valueOf(rule.alert())).with("alertstate", "firing");
                for (Map.Entry<String, String> label : rule.labels().entrySet()) {
                    shown = shown.with(label.getKey(), label.getValue());
                }
                firing.computeIfAbsent(String.valueOf(rule.alert()), key -> new TreeSet<>())
                        .add(shown.toString());
            }
        }));
        return firing;
    }

    private static void evaluate(Rule rule, Series series, int second, Map<Rule, Map<Labels, Integer>> since) {
        Map<Labels, Double> values = rule.expression().at(series, second);
        if (rule.record() != null) {
            values.forEach((labels, value) -> series.add(second, labels.with(Labels.NAME, rule.record()), value));
            return;
        }
        Map<Labels, Integer> held = since.computeIfAbsent(rule, key -> new HashMap<>());
        Map<Labels, Integer> now = new HashMap<>();
        values.keySet().forEach(labels -> {
            Labels alert = labels.without(Labels.NAME);
            now.put(alert, held.getOrDefault(alert, second));
        });
        since.put(rule, now);
    }
}
