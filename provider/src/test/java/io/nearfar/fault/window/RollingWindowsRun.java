package io.nearfar.fault.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Limit;
import io.nearfar.fault.window.Attack.Shape;
import io.nearfar.testing.RealRedis.Program;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The long form: limits, patterns and troubles by chance, from a seed, for a tenth of {@code faults.minutes}. Of large limits
 * a window is counted in hundredths.
 */
class RollingWindowsRun {
    private static final int PART = 10;
    private static final int TRIALS_OF_A_RANGE = 40;
    private static final long SHORTEST_LEASED = Limit.SHORTEST_LEASED.toNanos() / 1_000;

    /** With fewer requests in a window nobody need hold credits. */
    private static final int MANY = 200;

    private static final long[] PERMITS = {1, 2, 5, 10, 40, 200, 10_000, 20_000};
    private static final long[] WINDOWS = {50_000, 200_000, 300_000, 500_000, 1_500_000};

    private final long seed = seed(System.getProperty("faults.seed", ""));
    private final Random random = new Random(seed);

    private static long seed(String text) {
        return text.isBlank() ? System.nanoTime() : Long.parseLong(text);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void requests_byChance_neverHaveMoreThanTheLimit() {
        System.out.println("faults.seed = " + seed);
        List<Program> programs = Program.all().toList();
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("faults.minutes", 2 * PART)) / PART;
        while (System.nanoTime() < until) {
            try (Range range = Range.start(programs.get(random.nextInt(programs.size())))) {
                for (int i = 0; i < TRIALS_OF_A_RANGE && System.nanoTime() < until; i++) {
                    trial(range);
                }
            }
        }
    }

    private void trial(Range range) {
        long permits = PERMITS[random.nextInt(PERMITS.length)];
        long window = WINDOWS[random.nextInt(WINDOWS.length)];
        boolean leased = window >= SHORTEST_LEASED && permits >= MANY && random.nextBoolean();
        long requests = leased ? MANY : 10 + random.nextInt(40);
        long cost = permits < 10 ? 1 : Math.max(1, permits / requests);
        Shape shape = new Shape(permits, window, cost, leased);
        Trials trials = new Trials(range, null, shape);
        Optional<String> found;
        String what;
        if (random.nextBoolean()) {
            Trouble trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
            found = trials.violationThrough(trouble);
            what = trouble.name();
        } else {
            Pattern pattern = Pattern.values()[random.nextInt(Pattern.values().length)];
            found = trials.violationOfFull(pattern::run);
            what = pattern.name();
        }
        assertThat(found).as("%s at %s, faults.seed = %d", what, shape, seed).isEmpty();
    }
}
