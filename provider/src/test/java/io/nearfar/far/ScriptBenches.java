package io.nearfar.far;

import io.nearfar.testing.RealRedis.Program;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One bench for each redis-server that is there, kept for a test class; a row of a table is tried on each. */
final class ScriptBenches implements AfterAllCallback {
    private final Map<Program, ScriptBench> benches = new EnumMap<>(Program.class);

    /** Tries a row on every server, each time from an empty one with chain and meta. */
    void each(Consumer<ScriptBench> row) {
        Program.all().forEach(program -> {
            ScriptBench bench = benches.computeIfAbsent(program, ScriptBench::new);
            bench.reset();
            bench.messages();
            row.accept(bench);
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        benches.values().forEach(ScriptBench::close);
        benches.clear(); // a class that runs once more begins with servers that are there
    }
}
