package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.limit.LeasingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nodes that lease credits, spend them, stand still, die and come again, over a network that is slow and loses answers, with
 * clocks that have nothing to do with each other: no window ever holds more than the limit, whatever the schedule.
 */
class LeaseScheduleTest {
    private static final Duration WINDOW = Duration.ofSeconds(50);
    private static final long WINDOW_MICROS = WINDOW.toNanos() / 1_000;
    private static final int NODES = 3;
    private static final int STEPS = 40;

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    /** One schedule. */
    private static final class Schedule {
        private final LeaseBench far;
        private final Random random;
        private final Quota quota;
        private final int unit;
        private final List<LeasingNode> nodes = new ArrayList<>();
        private final List<Admission> admissions = new ArrayList<>();
        private boolean isNested;

        Schedule(LeaseBench far, Random random, Quota quota, int unit) {
            this.unit = unit;
            this.far = far;
            this.random = random;
            this.quota = quota;
            far.onTheWay = this::wander;
            far.onTheWayBack = this::wander;
            IntStream.range(0, NODES).forEach(i -> nodes.add(node()));
        }

        private LeasingNode node() {
            long skew = random.nextLong();
            return new LeasingNode(() -> far.nanos() + skew, LimitOutage.CLOSED, far);
        }

        /** While a question or an answer is under way, time passes and other nodes go on, or this one's other threads. */
        private void wander() {
            if (!isNested && random.nextInt(4) == 0) {
                isNested = true;
                far.passMillis(random.nextInt(random.nextInt(8) == 0 ? 1_500 : 40));
                IntStream.range(0, random.nextInt(4)).forEach(i -> request(random.nextInt(NODES), mode()));
                isNested = false;
            }
        }

        /** Nodes of another mode stand beside those that lease, as they do while an application is brought up to date. */
        private LimitMode mode() {
            return random.nextInt(4) == 0 ? LimitMode.STRICT : LimitMode.LEASED;
        }

        private boolean request(int node, LimitMode mode) {
            Quota asked = quota.limit().in(mode).of(quota.key());
            long cost = random.nextInt(6) == 0 ? 2L * unit : unit;
            Decision decision = nodes.get(node).limiter().decide(List.of(asked), cost);
            if (decision.admitted()) {
                boolean isLeased = decision.basis() == Basis.LEASED;
                admissions.add(new Admission(isLeased ? far.now() : far.charged(), cost, isLeased));
            }
            return decision.admitted();
        }

        private void step() {
            far.losesAnswers = random.nextInt(40) == 0;
            int node = random.nextInt(NODES);
            switch (random.nextInt(8)) {
                case 0 -> nodes.set(node, node());
                case 1 -> nodes.get(node).giveBack();
                case 2 -> far.passMillis(random.nextInt(1_100));
                case 3, 4 -> passToAnEnd();
                default -> burst(node, mode(), 1 + random.nextInt(30));
            }
        }

        private void burst(int node, LimitMode mode, int requests) {
            for (int i = 0; i < requests && request(node, mode); i++) {
                far.passMillis(random.nextInt(3));
            }
        }

        /** Just before a credit that was spent has to return, whoever is greedy tries to have it. */
        private void passToAnEnd() {
            List<Admission> spent =
                    admissions.stream().filter(Admission::isLeased).toList();
            if (!spent.isEmpty()) {
                Admission one = spent.get(Math.max(0, spent.size() - 1 - random.nextInt(40)));
                long micros = one.instant + WINDOW_MICROS - far.now();
                far.passMillis(Math.max(0, micros / 1_000 - random.nextInt(700)));
                IntStream.range(0, NODES).forEach(node -> burst(node, mode(), 30));
            }
        }

        private long leased() {
            return admissions.stream().filter(Admission::isLeased).count();
        }

        /** Returns how many permits the fullest window held. */
        private long most() {
            return admissions.stream()
                    .mapToLong(first -> admissions.stream()
                            .filter(each ->
                                    each.instant >= first.instant && each.instant < first.instant + WINDOW_MICROS)
                            .mapToLong(Admission::cost)
                            .sum())
                    .max()
                    .orElse(0);
        }
    }

    /** A request that was admitted, in microseconds. */
    private record Admission(long instant, long cost, boolean isLeased) {}

    @ParameterizedTest
    @CsvSource({"1, 60, 1", "4, 60, 1", "6, 20000, 200"})
    void noWindowHoldsMoreThanTheLimit(int seed, int permits, int unit) {
        BENCHES.each(bench -> {
            LeaseBench far = new LeaseBench(bench);
            Quota quota = new Limit("all", permits, WINDOW).leased().forAll();
            Schedule schedule = new Schedule(far, new Random(seed), quota, unit);
            IntStream.range(0, STEPS).forEach(i -> schedule.step());
            assertThat(schedule.most()).as("seed " + seed).isBetween(1L, (long) permits);
            assertThat(schedule.leased())
                    .as("decided by nodes, of all, seed " + seed)
                    .isPositive();
        });
    }

    /**
     * The worst that can come: a node spends its last credit when that is about to expire, and others take all that returns
     * before a window has passed since.
     */
    @ParameterizedTest
    @CsvSource({"100, 1, LEASED", "100, 1, STRICT", "20000, 100, LEASED"})
    void creditSpentAtItsEnd_countsForAWholeWindow(int permits, int unit, LimitMode modeOfOthers) {
        BENCHES.each(bench -> {
            LeaseBench far = new LeaseBench(bench);
            Quota quota = new Limit("all", permits, WINDOW).leased().forAll();
            LeasingNode late = new LeasingNode(far::nanos, LimitOutage.CLOSED, far);
            for (int i = 0; i < 40 && late.credits("all", "leased") < 20; i++) {
                late.limiter().decide(quota);
            }
            far.isOut = true;
            long last = 0;
            while (late.limiter().decide(quota).basis() == Basis.LEASED) {
                last = far.now();
                far.passMillis(140);
            }
            far.isOut = false;
            assertThat(last).isPositive();
            LeasingNode other = new LeasingNode(far::nanos, LimitOutage.CLOSED, far);
            Quota asked = quota.limit().in(modeOfOthers).forAll();
            far.passMillis((last + WINDOW_MICROS - far.now()) / 1_000 - 100);
            long since = 1;
            while (other.limiter().decide(List.of(asked), unit).admitted()) {
                since += unit;
            }
            while (other.limiter().decide(asked).admitted()) {
                since++;
            }
            assertThat(far.now() - last).isLessThan(WINDOW_MICROS);
            assertThat(since).as("admitted since, with that one").isBetween(permits / 2L, (long) permits);
        });
    }
}
