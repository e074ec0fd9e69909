package io.nearfar.sample.monitoring;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The panels of {@code deploy/grafana/nearfar.json}. */
final class Dashboard {
    private static final Path FILE = Path.of("..", "deploy", "grafana", "nearfar.json");

    private Dashboard() {}

    /** A panel and what it asks for, where all nodes and caches are chosen. */
    record Panel(String title, List<Target> targets) {}

    /** One query, and how its series are called. */
    record Target(String query, String legend) {}

    static List<Panel> panels() throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(FILE))) {
            return reader.readObject().getJsonArray("panels").getValuesAs(JsonObject.class).stream()
                    .filter(panel -> panel.containsKey("targets"))
                    .map(panel ->
                            new Panel(panel.getString("title"), targets(panel).toList()))
                    .toList();
        }
    }

    /** Four times the interval of collecting is what Grafana takes for the rates' interval. */
    private static Stream<Target> targets(JsonObject panel) {
        return panel.getJsonArray("targets").getValuesAs(JsonObject.class).stream()
                .map(target -> new Target(
                        target.getString("expr")
                                .replace("$instance", ".*")
                                .replace("$cache", ".*")
                                .replace("$__rate_interval", "1m"),
                        target.getString("legendFormat")));
    }
}
