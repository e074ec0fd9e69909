package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that comes and goes under load: no thread of a node ever goes back behind a write that has returned. */
@Timeout(120)
class FlappingTest {
    private static final int KEYS = 8;
    private static final int FLAPS = 12;

    private final RealRedis redis = RealRedis.start();
    private final Node node = Node.of(Setup.over(redis.host(), "tiers:flapping", Duration.ofMillis(200)));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicIntegerArray written = new AtomicIntegerArray(KEYS);

    @AfterEach
    void stop() {
        redis.thaw();
        threads.shutdownNow();
        node.close();
        redis.close();
    }

    /** One writer for each key counts upwards, so that any value below the last that was written is of the past. */
    private void write(int key) {
        for (int value = 1; !ended.get(); value++) {
            if (value % 7 == 0) {
                node.remove("k" + key);
            } else {
                node.put("k" + key, String.valueOf(value));
            }
            written.set(key, value);
        }
    }

    private int read(int number) {
        int stale = 0;
        for (int round = 0; !ended.get(); round++) {
            int key = (number + round) % KEYS;
            int least = written.get(key);
            String value = node.get("k" + key);
            stale += value != null && Integer.parseInt(value) < least ? 1 : 0;
        }
        return stale;
    }

    @Test
    void readsBesideWrites_whileTheServerFlaps_neverGoBack() throws Exception {
        List<Future<Integer>> readers =
                List.of(threads.submit(() -> read(0)), threads.submit(() -> read(3)), threads.submit(() -> read(5)));
        List<Future<?>> writers = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            int own = key;
            writers.add(threads.submit(() -> write(own)));
        }
        for (int i = 0; i < FLAPS; i++) {
            int key = i % KEYS;
            long outages = node.outages();
            node.putFar("flap", "up"); // the outage before is over
            int before = written.get(key);
            await().atMost(Duration.ofSeconds(20)).until(() -> written.get(key) >= before + 5);
            redis.freeze();
            await().atMost(Duration.ofSeconds(20)).until(() -> node.outages() > outages);
            long openings = node.figures().unavailable();
            await().atMost(Duration.ofSeconds(20)).until(() -> node.figures().unavailable() > openings + 20);
            redis.thaw();
        }
        ended.set(true);
        for (Future<Integer> reader : readers) {
            assertThat(reader.get(20, TimeUnit.SECONDS)).as("reads of the past").isZero();
        }
        for (Future<?> writer : writers) {
            writer.get(20, TimeUnit.SECONDS);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> node.dirty().isEmpty());
        for (int key = 0; key < KEYS; key++) {
            assertFarIsNoneOfThePast(key);
        }
    }

    private void assertFarIsNoneOfThePast(int key) {
        String value = node.getFar("k" + key);
        assertThat(value == null ? written.get(key) : Integer.parseInt(value)).isEqualTo(written.get(key));
    }
}
