package io.nearfar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.peer.Values;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server is asked for its figures, on a real one. */
class ServerFiguresTest {
    private static final int ENTRIES = 1_000_000;
    private static final int CHUNK = 50_000;

    private static void fill(String address) {
        try (Driver driver = Peer.LETTUCE.open(Opening.of(Values.NUMBER, address))) {
            for (int first = 0; first < ENTRIES; first += CHUNK) {
                Map<String, Object> chunk = new HashMap<>();
                for (int i = first; i < first + CHUNK; i++) {
                    chunk.put("key:" + i, (long) i);
                }
                driver.putAll(chunk);
            }
        }
    }

    /** What is measured next must not find its memory still being freed. */
    @Test
    void flush_returnsWhenAllIsFree() throws IOException {
        try (RedisProcess redis = RedisProcess.start();
                ServerFigures figures = ServerFigures.of(redis.address())) {
            long before = figures.memory();
            fill(redis.address());
            long full = figures.memory() - before;

            figures.flush();

            assertThat(full).isGreaterThan(40_000_000);
            assertThat(figures.memory() - before).isLessThan(full / 20);
        }
    }
}
