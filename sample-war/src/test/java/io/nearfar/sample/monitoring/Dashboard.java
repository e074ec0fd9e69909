package io.nearfar.sample.monitoring;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The panels of {@code deploy/grafana/nearfar.json}, and the headings above them. */
final class Dashboard {
    private static final Path FILE = Path.of("..", "deploy", "grafana", "nearfar.json");

    private Dashboard() {}

    /** A panel and what it asks for, where all nodes and caches are chosen. */
    record Panel(String title, String unit, Place place, List<Target> targets) {}

    /** One query, and how its series are called. */
    record Target(String query, String legend) {}

    /** A heading, above the panels that lie below its top. */
    record Heading(String title, Place place) {}

    /** Where something lies, in 24 columns. */
    record Place(int left, int top, int width) {
        private static Place of(JsonObject panel) {
            JsonObject place = panel.getJsonObject("gridPos");
            return new Place(place.getInt("x"), place.getInt("y"), place.getInt("w"));
        }
    }

    /** Returns the panels, whose rates are over that interval; Grafana takes four times the interval of collecting. */
    static List<Panel> panels(String rates) throws IOException {
        return all().filter(panel -> panel.containsKey("targets"))
                .map(panel -> panel(panel, rates))
                .toList();
    }

    static List<Heading> headings() throws IOException {
        return all().filter(panel -> panel.getString("type").equals("row"))
                .map(row -> new Heading(row.getString("title"), Place.of(row)))
                .toList();
    }

    private static Stream<JsonObject> all() throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(FILE))) {
            return reader.readObject().getJsonArray("panels").getValuesAs(JsonObject.class).stream();
        }
    }

    private static Panel panel(JsonObject panel, String rates) {
        if (!panel.getString("type").equals("timeseries")) {
            throw new IllegalArgumentException("no curves: " + panel.getString("title"));
        }
        JsonObject defaults = panel.getJsonObject("fieldConfig").getJsonObject("defaults");
        return new Panel(
                panel.getString("title"),
                defaults.getString("unit"),
                Place.of(panel),
                targets(panel, rates).toList());
    }

    private static Stream<Target> targets(JsonObject panel, String rates) {
        return panel.getJsonArray("targets").getValuesAs(JsonObject.class).stream()
                .map(target -> new Target(
                        target.getString("expr")
                                .replace("$instance", ".*")
                                .replace("$cache", ".*")
                                .replace("$__rate_interval", rates),
                        target.getString("legendFormat")));
    }
}
