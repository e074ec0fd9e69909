package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.observe.ShownKeys;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log tells of decisions where somebody wants to know. */
class DecisionLogTest extends DeskBench {
    private static final String LOGGER = "io.nearfar.operations.limit.tested";
    private static final String LEVEL = "org.slf4j.simpleLogger.log." + LOGGER;
    private static final Quota ANN = new Limit("api", 1, Duration.ofHours(1)).of("ann");

    private final AtomicBoolean wanted = new AtomicBoolean(true);
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

    private LimitDesk desk(boolean readable) {
        return desk(new DecisionLog(new ShownKeys(readable), LoggerFactory.getLogger(LOGGER), wanted::get));
    }

    private List<String> told() {
        return captured.lines("limit: decide ").stream()
                .map(line -> line.replaceFirst(".*limit: decide ", "")
                        .replaceFirst(" in [0-9]+\\.[0-9]{3} ms$", "")
                        .replaceFirst("after [0-9]+ ms", "after some ms"))
                .toList();
    }

    @Test
    void decision_isTold_withWhatItRestsOn() {
        LimitDesk desk = desk(true);
        Quota all = new Limit("all", 1_000, Duration.ofHours(1)).forAll();
        desk.decide(List.of(ANN, all), 1);
        desk.decide(ANN);
        desk.decideAsync(ANN).toCompletableFuture().join();
        assertThat(told())
                .containsExactly(
                        "api ann, all: admitted, counted",
                        "api ann: denied, counted, room after some ms,",
                        "api ann: denied, remembered, room after some ms,");
    }

    @Test
    void key_isAHash_unlessKeysAreWanted() {
        desk(false).decide(ANN);
        assertThat(told()).singleElement().asString().matches("api [0-9a-f]{8}: admitted, counted");
    }

    @Test
    void logger_isHeeded_whenADecisionAsksAgain() {
        wanted.set(false);
        LimitDesk desk = desk(true);
        desk.decide(ANN);
        wanted.set(true);
        desk.decide(new Limit("other", 1, Duration.ofHours(1)).of("ann"));
        desk.decide(ANN);
        assertThat(told()).containsExactly("api ann: denied, counted, room after some ms,");
        wanted.set(false);
        desk.decide(new Limit("third", 1, Duration.ofHours(1)).of("ann"));
        captured.lines("third");
        desk.decide(new Limit("fourth", 1, Duration.ofHours(1)).of("ann"));
        assertThat(captured.lines("fourth")).isEmpty();
    }
}
