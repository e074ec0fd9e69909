package io.nearfar.benchmarks;

import io.nearfar.benchmarks.far.FarRun;
import io.nearfar.benchmarks.limit.LimitRun;
import io.nearfar.benchmarks.near.MetersRun;
import io.nearfar.benchmarks.near.NearRun;
import io.nearfar.benchmarks.report.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures everything in one run, against a Redis that it starts and stops, and writes the tables. */
public final class BenchmarkRun {
    private BenchmarkRun() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments the form, the part, and the file that gets the tables
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException(
                    "Wanted: trial, short or long; caches, metrics, limits or all; and the file that gets the tables;"
                            + " got "
                            + List.of(arguments));
        }
        Form form = Form.named(arguments[0]);
        Part part = Part.named(arguments[1]);
        Path file = Path.of(arguments[2]);
        PackagedProvider.jar();
        String tables = measure(form, part);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, tables);
        System.out.println(tables);
        System.out.println("Written to " + file);
    }

    private static String measure(Form form, Part part) throws IOException {
        String before = Surroundings.line();
        List<String> tables = new ArrayList<>();
        try (RedisProcess redis = RedisProcess.start()) {
            if (part.includes(Part.CACHES)) {
                String far = new FarRun(redis.address(), form.farRounds()).tables();
                tables.add(new NearRun(redis.address(), form.nearRounds()).tables());
                tables.add(far);
            }
            if (part.includes(Part.METRICS)) {
                tables.add(new MetersRun(redis.address(), form.nearRounds()).table());
            }
            if (part.includes(Part.LIMITS)) {
                tables.add(new LimitRun(redis.address(), form.nearRounds()).tables());
            }
        }
        String first = form.label() + " form · " + before + " before, " + Surroundings.load() + " after\n";
        return first + "\n" + String.join("\n", tables);
    }
}
