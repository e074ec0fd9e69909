package io.nearfar.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.testing.CapturedLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operation's line says, and when the logger is asked whether it is wanted. */
class OperationLogTest {
    private static final String LOGGER = "io.nearfar.operations.cache.tested";
    private static final String LEVEL = "org.slf4j.simpleLogger.log." + LOGGER;

    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final AtomicInteger looks = new AtomicInteger();
    private final CapturedLog captured = new CapturedLog();

    @BeforeEach
    void begin() {
        System.setProperty(LEVEL, "debug");
    }

    @AfterEach
    void end() {
        captured.close();
        System.clearProperty(LEVEL);
    }

    private OperationLog log(String cache) {
        return new OperationLog(cache, new ShownKeys(true), LoggerFactory.getLogger(LOGGER), () -> {
            looks.incrementAndGet();
            return wanted.get();
        });
    }

    private List<String> told() {
        return captured.lines(LOGGER).stream()
                .map(line ->
                        line.replaceFirst("^.*" + LOGGER + " - ", "").replaceFirst(" in [0-9]+\\.[0-9]{3} ms$", ""))
                .toList();
    }

    @Test
    void nearHits_lookAtAField_andThoseThatAreTimedAskTheLogger() {
        wanted.set(false);
        OperationLog log = log("cities");
        CacheSignals signals = new CacheSignals("cities", log);
        wanted.set(true);
        int before = looks.get();
        signals.nearHit(5);
        signals.timedNearLookup(5, 0);
        assertThat(log.isOn()).isFalse();
        assertThat(looks).hasValue(before);
        signals.timedNearLookup(5, 64);
        assertThat(log.isOn()).isTrue();
        wanted.set(false);
        signals.miss(0);
        assertThat(log.isOn()).isFalse();
    }

    @Test
    void everythingElse_bringsItUpToDate() {
        List<Runnable> all = List.of();
        CacheSignals signals = new CacheSignals("cities", log("cities"));
        all = List.of(
                () -> signals.miss(0),
                () -> signals.farHit(1),
                signals::put,
                signals::removed,
                signals::unavailable,
                signals::graceAnswer);
        boolean now = false;
        for (Runnable each : all) {
            wanted.set(now);
            each.run();
            assertThat(signals.operations().isOn()).isEqualTo(now);
            now = !now;
        }
    }

    @Test
    void operation_isOfItsOwnCourse_alsoInTheMidstOfAnother() {
        OperationLog cities = log("cities");
        OperationLog people = log("people");
        CacheSignals ofCities = new CacheSignals("cities", cities);
        CacheSignals ofPeople = new CacheSignals("people", people);
        cities.told(
                "get",
                "a",
                () -> {
                    ofCities.miss(1);
                    people.told(
                            "put",
                            "b",
                            () -> {
                                ofPeople.put();
                                ofCities.farHit(1);
                                return true;
                            },
                            (course, answer) -> course.ofChange("refused"));
                    people.told("put", "c", () -> true, (course, answer) -> course.ofChange("refused"));
                    return "loaded value";
                },
                Course::ofRead);
        cities.told("get", "a", () -> "v", Course::ofRead);
        ofCities.farHit(1);
        assertThat(told())
                .containsExactly(
                        "people: put b: stored",
                        "people: put c: refused",
                        "cities: get a: loaded",
                        "cities: get a: near hit");
    }

    @Test
    void failure_isTold_andThrown() {
        OperationLog log = log("cities");
        assertThatThrownBy(() -> log.told(
                        "get",
                        "a",
                        () -> {
                            throw new IllegalStateException("no");
                        },
                        Course::ofRead))
                .hasMessage("no");
        CompletableFuture<String> later = new CompletableFuture<>();
        log.toldLater("get", "b", () -> later, Course::ofRead);
        assertThat(told()).containsExactly("cities: get a: failed (IllegalStateException)");
        later.completeExceptionally(new IllegalArgumentException("no"));
        assertThat(told()).last().isEqualTo("cities: get b: failed (IllegalArgumentException)");
    }

    @Test
    void time_isInMilliseconds() {
        assertThat(OperationLog.millis(0)).isEqualTo("0.000");
        assertThat(OperationLog.millis(1_234)).isEqualTo("0.001");
        assertThat(OperationLog.millis(12_034_999)).isEqualTo("12.034");
    }

    @Test
    void keys_areHashes_orPrintable() {
        ShownKeys hashed = new ShownKeys(false);
        assertThat(hashed.of("ann", "ann")).matches("[0-9a-f]{8}").isEqualTo(hashed.of("ann", 7));
        assertThat(hashed.of("ann", "ann")).isNotEqualTo(hashed.of("bob", "bob"));
        assertThat(hashed.of(null, 255))
                .matches("[0-9a-f]{8}")
                .isEqualTo(hashed.of(null, 255))
                .isNotEqualTo(hashed.of(null, 256))
                .isNotEqualTo("000000ff"); // a hash code may be the key itself
        ShownKeys readable = new ShownKeys(true);
        assertThat(readable.of("user:42", "user:42")).isEqualTo("user:42");
        assertThat(readable.of("a\nERROR b\u2028c", "")).isEqualTo("a?ERROR b?c");
        assertThat(readable.of("x".repeat(1_000), "")).hasSize(203);
    }
}
