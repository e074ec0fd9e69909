package io.nearfar.sample.monitoring;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prometheus itself, asked by its own tool: what it makes of the same series. */
final class Promtool {
    private static final Optional<Path> PROGRAM = Stream.of(
                    String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
            .map(folder -> Path.of(folder, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();

    private final StringBuilder checks = new StringBuilder();
    private final Series series;
    private final int until;

    Promtool(Series series, int until) {
        this.series = series;
        this.until = until;
    }

    static boolean isInstalled() {
        return PROGRAM.isPresent();
    }

    /** Has it check that a query yields those values at the end. */
    void expect(String query, Map<String, Double> values) {
        checks.append("      - expr: ").append(quoted(query)).append('\n');
        checks.append("        eval_time: ").append(until).append("s\n        exp_samples:\n");
        values.forEach((labels, value) -> checks.append("          - labels: ")
                .append(quoted(labels))
                .append("\n            value: ")
                .append(number(value))
                .append('\n'));
    }

    /** Runs it; returns what it complains of, nothing if all is as expected. */
    String complaints(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("promtool.yml");
        String inputs = series.all().entrySet().stream()
                .filter(each -> !each.getKey().get(Labels.NAME).contains(":"))
                .map(each -> "      - series: " + quoted(each.getKey().toString()) + "\n        values: "
                        + quoted(values(each.getValue())))
                .collect(Collectors.joining("\n"));
        Files.writeString(
                file,
                "rule_files: [" + quoted(Rules.FILE.toAbsolutePath().normalize().toString())
                        + "]\nevaluation_interval: "
                        + Rules.STEP + "s\ntests:\n  - interval: " + Rules.STEP + "s\n    input_series:\n" + inputs
                        + "\n    promql_expr_test:\n" + checks);
        return run("test", "rules", file.toString());
    }

    static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.orElseThrow().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said;
    }

    private static String values(NavigableMap<Integer, Double> points) {
        List<String> values = new ArrayList<>();
        for (int second = 0; second <= points.lastKey(); second += Rules.STEP) {
            Double value = points.get(second);
            values.add(value == null ? "_" : number(value));
        }
        return String.join(" ", values);
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "NaN"
                : Double.isInfinite(value)
                        ? (value > 0 ? "Inf" : "-Inf")
                        : new java.math.BigDecimal(value).toPlainString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''").replace("\n", " ") + "'";
    }
}
