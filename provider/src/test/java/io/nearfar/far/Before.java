package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CLEARED_AT;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.STORED;

import io.nearfar.entry.Version;
import java.util.Arrays;
import java.util.function.Consumer;

/** What a key can hold before a script runs; all but the first two count as nothing there. */
enum Before {
    ENTRY_THERE(bench -> bench.call("SET", ENTRY, ScriptBench.entry(STORED, 0, "old"))),
    PLACEHOLDER(bench -> bench.call("SET", ENTRY, ScriptBench.placeholder(STORED, 0))),
    NOTHING(bench -> {}),
    CLEARED(bench -> bench.call("SET", ENTRY, ScriptBench.entry(new Version(CLEARED_AT, 11), 0, "old"))),
    EXPIRED(bench -> bench.call("SET", ENTRY, ScriptBench.entry(STORED, bench.now() - 1, "old"))),
    IN_GRACE(bench -> bench.call("SET", ENTRY, ScriptBench.graced(STORED, bench.now() - 1, 30_000, "old"))),
    TOO_SHORT(bench -> bench.call("SET", ENTRY, Arrays.copyOf(ScriptBench.entry(STORED, 0, "old"), 33))),
    NEWER_FORMAT(bench -> {
        byte[] newer = ScriptBench.entry(STORED, 0, "old");
        newer[0] = 2;
        bench.call("SET", ENTRY, newer);
    }),
    ANOTHER_TYPE(bench -> bench.call("HSET", ENTRY, "field", "value")),
    NO_META(bench -> {
        bench.call("SET", ENTRY, ScriptBench.entry(STORED, 0, "old"));
        bench.call("DEL", META);
    }),
    META_OF_ANOTHER_TYPE(bench -> {
        bench.call("SET", ENTRY, ScriptBench.entry(STORED, 0, "old"));
        bench.call("DEL", META);
        bench.call("HSET", META, "field", "value");
    });

    private final Consumer<ScriptBench> put;

    Before(Consumer<ScriptBench> put) {
        this.put = put;
    }

    void put(ScriptBench bench) {
        put.accept(bench);
    }

    boolean hasMeta() {
        return this != NO_META && this != META_OF_ANOTHER_TYPE;
    }
}
