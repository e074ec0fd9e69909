package io.nearfar.benchmarks;

import io.nearfar.benchmarks.far.FarRun;
import io.nearfar.benchmarks.near.NearRun;
import io.nearfar.benchmarks.report.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures everything in one run, against a Redis that it starts and stops, and writes the tables. */
public final class BenchmarkRun {
    private BenchmarkRun() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments the form, and the file that gets the tables
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException(
                    "Wanted: trial, short or long, and the file that gets the tables; got " + List.of(arguments));
        }
        Form form = Form.named(arguments[0]);
        Path file = Path.of(arguments[1]);
        PackagedProvider.jar();
        String tables = measure(form);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, tables);
        System.out.println(tables);
        System.out.println("Written to " + file);
    }

    private static String measure(Form form) throws IOException {
        String before = Surroundings.line();
        try (RedisProcess redis = RedisProcess.start()) {
            String far = new FarRun(redis.address(), form.farRounds()).tables();
            String near = new NearRun(redis.address(), form.nearRounds()).tables();
            return String.join(
                    "\n",
                    form.label() + " form · " + before + " before, " + Surroundings.load() + " after",
                    "",
                    near,
                    far);
        }
    }
}
