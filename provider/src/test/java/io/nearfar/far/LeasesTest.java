package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.limit.LeasingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node makes of credits, with the scripts on a real server. */
class LeasesTest {
    private static final Limit LEASED = new Limit("all", 10_000, Duration.ofMinutes(1)).leased();
    private static final Quota ALL = LEASED.forAll();
    private static final long VALIDITY_MILLIS = 1_000;

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static void each(Consumer<LeaseBench> test) {
        BENCHES.each(bench -> test.accept(new LeaseBench(bench)));
    }

    private static LeasingNode node(LeaseBench far) {
        return new LeasingNode(far::nanos, LimitOutage.CLOSED, far);
    }

    private static long admitted(LeasingNode node, int requests, Quota... quotas) {
        return IntStream.range(0, requests)
                .filter(i -> node.limiter().decide(quotas).admitted())
                .count();
    }

    /** Has a node hold credits; returns how many requests that took. */
    private static long warm(LeasingNode node, Quota... quotas) {
        long requests = 0;
        Basis basis = Basis.COUNTED;
        while (requests < 20 && basis != Basis.LEASED) {
            basis = node.limiter().decide(quotas).basis();
            requests++;
        }
        assertThat(basis).isEqualTo(Basis.LEASED);
        return requests;
    }

    /** A thousand requests are a few questions, and what was not spent of the credits is back, to the last one. */
    @Test
    void hotLimit_isDecidedHere_andWhatIsNotSpentGoesBack() {
        each(far -> {
            LeasingNode node = node(far);
            assertThat(admitted(node, 1_000, ALL)).isEqualTo(1_000);
            assertThat(far.questions()).isLessThan(20);
            assertThat(far.used(ALL)).isGreaterThan(1_000);
            far.passMillis(VALIDITY_MILLIS);
            node.giveBack();
            assertThat(far.used(ALL)).isEqualTo(1_000);
            assertThat(node.isHolding()).isFalse();
            assertThat(node.credits("all", "spent") + node.credits("all", "returned"))
                    .isEqualTo(node.credits("all", "leased"))
                    .isPositive();
            assertThat(node.credits("all", "returned")).isPositive();
            assertThat(node.credits("all", "expired")).isZero();
        });
    }

    /** A key that is asked for all the time has new credits before the old ones are spent or over, so that no request waits. */
    @Test
    void hotLimit_isTakenAnewInTheBackground() {
        each(far -> {
            LeasingNode node = node(far);
            List<Basis> bases = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Decision decision = node.limiter().decide(ALL);
                assertThat(decision.admitted()).isTrue();
                bases.add(decision.basis());
                far.passMillis(10);
            }
            assertThat(bases.subList(200, 1_000)).containsOnly(Basis.LEASED);
            assertThat(far.questions()).isLessThan(60);
            far.passMillis(VALIDITY_MILLIS);
            node.giveBack();
            assertThat(far.used(ALL)).isEqualTo(1_000);
            assertThat(node.credits("all", "expired")).isZero();
        });
    }

    /** A burst has left credits that nobody spent; they went back, and a key that is asked for seldom does not wish for them again. */
    @Test
    void creditsThatWereGivenBack_areNotWishedForAgain() {
        each(far -> {
            LeasingNode node = node(far);
            admitted(node, 1_000, ALL);
            for (int i = 0; i < 2; i++) {
                far.passMillis(VALIDITY_MILLIS + 200);
                node.giveBack();
                node.limiter().decide(ALL);
            }
            long before = node.credits("all", "leased");
            far.passMillis(VALIDITY_MILLIS + 200);
            node.giveBack();
            node.limiter().decide(ALL);
            assertThat(node.credits("all", "leased") - before).isLessThanOrEqualTo(1);
        });
    }

    /** The user's limit takes so long to deny that the lease is over and settled when what was spent of it is put back. */
    @Test
    void creditPutBackLate_isCountedOnce() {
        each(far -> {
            LeasingNode node = node(far);
            Quota user = new Limit("user", 1, Duration.ofMinutes(1)).of("a");
            node.limiter().decide(user);
            far.passMillis(VALIDITY_MILLIS);
            long warm = warm(node, ALL);
            far.onTheWay = () -> {
                far.passMillis(VALIDITY_MILLIS);
                node.giveBack();
            };
            assertThat(node.limiter().decide(ALL, user).admitted()).isFalse();
            node.giveBack();
            assertThat(far.used(ALL)).isEqualTo(warm);
            long leased = node.credits("all", "leased");
            assertThat(leased).isPositive();
            assertThat(node.credits("all", "spent") + node.credits("all", "returned"))
                    .isEqualTo(leased);
            assertThat(node.credits("all", "expired")).isZero();
        });
    }

    @Test
    void creditsThatAreOver_areNotSpent() {
        each(far -> {
            LeasingNode node = node(far);
            warm(node, ALL);
            far.passMillis(VALIDITY_MILLIS);
            int before = far.questions();
            assertThat(node.limiter().decide(ALL).basis()).isEqualTo(Basis.COUNTED);
            assertThat(far.questions()).isEqualTo(before + 1);
        });
    }

    /** The time for which credits are good runs from before the question: an answer that was under way for long brings none. */
    @Test
    void creditsThatWereOnTheWayForTheirTime_areNotSpent() {
        each(far -> {
            LeasingNode node = node(far);
            far.onTheWayBack = () -> far.passMillis(VALIDITY_MILLIS);
            for (int i = 0; i < 5; i++) {
                assertThat(node.limiter().decide(ALL).basis()).isEqualTo(Basis.COUNTED);
            }
            node.giveBack();
            assertThat(far.used(ALL)).isEqualTo(5);
        });
    }

    /** What is asked for seldom is counted for itself: no credits lie about that others could use. */
    @Test
    void seldomAsked_leasesNothing() {
        each(far -> {
            LeasingNode node = node(far);
            for (int i = 1; i <= 5; i++) {
                Decision decision = node.limiter().decide(ALL);
                assertThat(decision.basis()).isEqualTo(Basis.COUNTED);
                assertThat(decision.uses()).extracting(QuotaUse::used).containsExactly((long) i);
                far.passMillis(3 * VALIDITY_MILLIS);
            }
        });
    }

    /** The last permits go to whoever comes first, on whatever node, and all of them can be had. */
    @Test
    void limitThatIsNearlyUsed_isDecidedOneByOne() {
        each(far -> {
            LeasingNode one = node(far);
            LeasingNode other = node(far);
            Quota few = new Limit("few", 50, Duration.ofMinutes(1)).leased().forAll();
            long admitted = IntStream.range(0, 50)
                    .mapToLong(i -> admitted(one, 1, few) + admitted(other, 1, few))
                    .sum();
            assertThat(admitted).isEqualTo(50);
            assertThat(one.limiter().decide(few).basis()).isEqualTo(Basis.REMEMBERED);
            assertThat(one.credits("few", "leased")).isPositive();
        });
    }

    /** A user's own limit asks, that of all does not; a denial by the first leaves the credits of the second where they were. */
    @Test
    void severalLimits_askOnlyAboutWhatIsNotInHand_andADenialChargesNone() {
        each(far -> {
            LeasingNode node = node(far);
            Limit user = new Limit("user", 2, Duration.ofMinutes(1));
            long warm = warm(node, ALL);
            Decision mixed = node.limiter().decide(user.of("a"), ALL);
            assertThat(mixed.basis()).isEqualTo(Basis.COUNTED);
            assertThat(mixed.uses()).extracting(QuotaUse::quota).containsExactly(user.of("a"), ALL);
            assertThat(node.limiter().decide(ALL, user.of("a")).uses())
                    .extracting(QuotaUse::quota)
                    .containsExactly(ALL, user.of("a"));
            Decision denied = node.limiter().decide(ALL, user.of("a"));
            assertThat(denied.admitted()).isFalse();
            assertThat(denied.violated()).extracting(QuotaUse::quota).containsExactly(user.of("a"));
            assertThat(admitted(node, 50, ALL, user.of("a"))).isZero();
            node.close();
            assertThat(far.used(ALL)).isEqualTo(warm + 2);
            assertThat(far.used(user.of("a"))).isEqualTo(2);
        });
    }

    /** Several limits whose credits are all in hand are one decision without a question. */
    @Test
    void severalLeasedLimits_askNobody() {
        each(far -> {
            LeasingNode node = node(far);
            Quota tier =
                    new Limit("tier", 1_000, Duration.ofMinutes(1)).leased().of("gold");
            warm(node, tier, ALL);
            int before = far.questions();
            Decision decision = node.limiter().decide(ALL, tier);
            assertThat(decision.basis()).isEqualTo(Basis.LEASED);
            assertThat(decision.uses()).extracting(QuotaUse::quota).containsExactly(ALL, tier);
            assertThat(far.questions()).isEqualTo(before);
        });
    }

    /** What was leased under a larger number is not spent under a smaller one, and what was spent counts. */
    @Test
    void limitThatIsLowered_holdsFromTheNextDecision() {
        each(far -> {
            LeasingNode node = node(far);
            long before = warm(node, ALL);
            Quota lowered = LEASED.withPermits(before + 3).forAll();
            far.passMillis(1);
            assertThat(node.limiter().decide(lowered).basis()).isNotEqualTo(Basis.LEASED);
            far.passMillis(VALIDITY_MILLIS);
            node.giveBack();
            assertThat(before + admitted(node, 100, lowered)).isLessThanOrEqualTo(before + 3);
            assertThat(far.used(lowered)).isEqualTo(before + 3);
        });
    }

    @Test
    void reset_forgetsCreditsToo() {
        each(far -> {
            LeasingNode node = node(far);
            warm(node, ALL);
            node.limiter().reset(ALL);
            assertThat(node.limiter().decide(ALL).basis()).isEqualTo(Basis.COUNTED);
            node.giveBack();
            assertThat(far.used(ALL)).isEqualTo(1);
        });
    }

    /** Credits that are in hand outlast the server; then the policy holds. Where they were leaves nothing behind. */
    @Test
    void outage_beginsWhenCreditsAreSpent() {
        each(far -> {
            LeasingNode node = node(far);
            warm(node, ALL);
            far.isOut = true;
            assertThat(node.limiter().peek(ALL).basis()).isEqualTo(Basis.LEASED);
            long left = IntStream.range(0, 10_000)
                    .takeWhile(i -> node.limiter().decide(ALL).basis() == Basis.LEASED)
                    .count();
            assertThat(left).isPositive();
            assertThat(node.limiter().decide(ALL).basis()).isEqualTo(Basis.OUTAGE);
            assertThat(node.limiter().decide(ALL).admitted()).isFalse();
            assertThatThrownBy(() -> node.limiter().info(ALL)).isInstanceOf(FarTierUnavailableException.class);
            far.isOut = false;
            far.passMillis(VALIDITY_MILLIS);
            assertThat(node.limiter().decide(ALL).admitted()).isTrue();
        });
    }

    /** In an outage the policy denies, and what was in hand of the other limit is back in hand. */
    @Test
    void outageOfAnotherLimit_leavesCreditsInHand() {
        each(far -> {
            LeasingNode node = node(far);
            long warm = warm(node, ALL);
            far.isOut = true;
            Quota user = new Limit("user", 100, Duration.ofMinutes(1)).of("a");
            assertThat(admitted(node, 20, user, ALL)).isZero();
            far.isOut = false;
            node.close();
            assertThat(far.used(ALL)).isEqualTo(warm);
        });
    }

    /** The server has no room, but this node has credits: what it says of itself is what it would decide. */
    @Test
    void peekAndInfo_knowOfCreditsInHand() {
        each(far -> {
            LeasingNode node = node(far);
            LeasingNode other = node(far);
            Quota few = new Limit("few", 100, Duration.ofMinutes(1)).leased().forAll();
            warm(node, few);
            long rest = 100 - far.used(few);
            assertThat(other.limiter()
                            .decide(List.of(few.limit().in(LimitMode.STRICT).forAll()), rest)
                            .admitted())
                    .isTrue();
            assertThat(other.limiter().peek(few).admitted()).isFalse();
            assertThat(other.limiter().info(few).retryAfter()).isPositive();
            assertThat(node.limiter().peek(few).admitted()).isTrue();
            assertThat(node.limiter().info(few)).satisfies(use -> {
                assertThat(use.retryAfter()).isZero();
                assertThat(use.used()).isEqualTo(100);
            });
            assertThat(node.limiter().decide(few).basis()).isEqualTo(Basis.LEASED);
        });
    }

    /** Nobody gives back what a dead node held; it is back when its time is over, and not before. */
    @Test
    void creditsOfADeadNode_comeBackByThemselves() {
        each(far -> {
            LeasingNode node = node(far);
            warm(node, ALL);
            long held = far.used(ALL);
            far.passMillis(LEASED.window().toMillis());
            assertThat(far.used(ALL)).isEqualTo(held);
            far.passMillis(VALIDITY_MILLIS);
            assertThat(far.used(ALL)).isZero();
        });
    }

    /** An answer that is lost may have brought credits that nobody knows of: the next question wishes for none. */
    @Test
    void lostAnswer_losesNotMoreAtTheNext() {
        each(far -> {
            LeasingNode node = node(far);
            IntStream.range(0, 200).forEach(i -> node.limiter().decide(ALL));
            far.passMillis(VALIDITY_MILLIS);
            node.giveBack();
            far.losesAnswers = true;
            node.limiter().decide(ALL);
            long before = far.used(ALL);
            node.limiter().decide(ALL);
            assertThat(far.used(ALL)).isEqualTo(before + 1);
        });
    }

    /** Of a window of less than a second credits would be over before they arrive. */
    @Test
    void shortWindow_isDecidedStrictly() {
        Limit limit = new Limit("burst", 10, Duration.ofMillis(999)).leased();
        assertThat(Credits.areLeased(limit)).isFalse();
        assertThat(Credits.areLeased(limit.in(LimitMode.STRICT))).isFalse();
        Limit second = new Limit("burst", 10, Duration.ofSeconds(1)).leased();
        assertThat(Credits.areLeased(second)).isTrue();
        assertThat(Credits.validityNanos(second)).isEqualTo(19_960_000);
        assertThat(Credits.validityNanos(LEASED)).isEqualTo(998_000_000);
    }
}
