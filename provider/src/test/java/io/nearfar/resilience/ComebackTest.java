package io.nearfar.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fifty clients lose their server at one moment; their clock and their chances are handed in. Times in milliseconds. */
class ComebackTest {
    private static final int CLIENTS = 50;
    private static final long SLOT = 50;
    private static final long LONGEST_WAIT = 1_000;

    private final AtomicLong now = new AtomicLong();

    /** When the clients asked the server: in vain, and at last with an answer. */
    private record Asked(List<Long> inVain, List<Long> answered) {}

    private Asked outage(long millis, long seed) {
        Random random = new Random(seed);
        List<Breaker> away = Stream.generate(
                        () -> new Breaker(now::get, new Backoff(50, LONGEST_WAIT, random::nextDouble)))
                .limit(CLIENTS)
                .collect(Collectors.toCollection(ArrayList::new));
        now.set(0);
        away.forEach(Breaker::failed);
        Asked asked = new Asked(new ArrayList<>(), new ArrayList<>());
        for (; !away.isEmpty(); now.incrementAndGet()) {
            boolean isBack = now.get() >= millis;
            away.removeIf(breaker -> breaker.admitsProbe() && isThrough(breaker, isBack, asked));
        }
        return asked;
    }

    private boolean isThrough(Breaker breaker, boolean isBack, Asked asked) {
        (isBack ? asked.answered() : asked.inVain()).add(now.get());
        if (!isBack) {
            breaker.failedProbe();
        }
        return isBack && breaker.answered(now.get()) >= 0;
    }

    private static long mostInOneSlot(List<Long> times) {
        return times.stream()
                .collect(Collectors.groupingBy(time -> time / SLOT, Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({"1000, 3", "2000, 3", "4000, 4", "60000, 4"})
    void clients_whoseServerIsBack_doNotComeBackTogether(long outage, int share) {
        for (long seed = 1; seed <= 20; seed++) {
            Asked asked = outage(outage, seed);
            assertThat(asked.answered()).as("seed %d", seed).hasSize(CLIENTS);
            assertThat(mostInOneSlot(asked.answered())).as("seed %d", seed).isLessThanOrEqualTo(CLIENTS / share);
        }
    }

    /** However long it was away, none stays away for longer than the longest wait once it is back. */
    @ParameterizedTest
    @CsvSource({"1000", "4000", "60000"})
    void clients_whoseServerIsBack_areThereWithinTheLongestWait(long outage) {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(outage(outage, seed).answered())
                    .as("seed %d", seed)
                    .allMatch(time -> time - outage <= LONGEST_WAIT);
        }
    }

    /** A server that is away for a minute is asked about once in three quarters of a second by each. */
    @Test
    void clients_whoseServerStaysAway_askSeldomAndSpreadOverTime() {
        Asked asked = outage(60_000, 7);
        List<Long> settled =
                asked.inVain().stream().filter(time -> time >= 5_000).toList();
        assertThat(settled.size()).isBetween(CLIENTS * 55, CLIENTS * 110);
        assertThat(mostInOneSlot(settled)).isLessThanOrEqualTo(CLIENTS / 4);
    }
}
