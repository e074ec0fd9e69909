package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.testing.CapturedLog;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the desk makes of what is counted elsewhere, and of nobody's answering there. Its far side is a second process's. */
class LimitDeskTest extends DeskBench {
    @Test
    void decision_tellsWhatIsLeftAndUntilWhen() {
        Instant first = Instant.EPOCH.plus(5_000_500, ChronoUnit.MICROS);
        Decision decision = desk.decide(USER.of("a"), ALL.forAll());
        assertThat(decision)
                .isEqualTo(new Decision(
                        true,
                        Basis.COUNTED,
                        List.of(
                                new QuotaUse(USER.of("a"), 1, first, first.plusSeconds(10), Duration.ZERO),
                                new QuotaUse(ALL.forAll(), 1, first, first.plusSeconds(60), Duration.ZERO)),
                        Duration.ZERO));
        assertThat(decision.violated()).isEmpty();
        assertThat(desk.info(ALL.forAll())).satisfies(use -> {
            assertThat(use.used()).isOne();
            assertThat(use.permits()).isEqualTo(100);
            assertThat(use.remaining()).isEqualTo(99);
        });
    }

    /** Who waits as long as is said is admitted, whether the far side or memory has said it; a little less is too little. */
    @Test
    void retryAfter_isExact() {
        desk.decide(USER.of("a"));
        desk.decide(USER.of("a"));
        Decision denied = desk.decide(USER.of("a"), ALL.forAll());
        assertThat(denied.admitted()).isFalse();
        assertThat(denied.violated()).extracting(QuotaUse::quota).containsExactly(USER.of("a"));
        assertThat(denied.retryAfter()).isEqualTo(Duration.ofMillis(9_998));
        pass(Duration.ofMillis(400));
        Decision remembered = desk.decide(USER.of("a"), ALL.forAll());
        assertThat(remembered.basis()).isEqualTo(Basis.REMEMBERED);
        assertThat(remembered.retryAfter()).isEqualTo(Duration.ofMillis(9_598));
        pass(remembered.retryAfter().minusMillis(2));
        assertThat(desk.decide(USER.of("a")).admitted()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(desk.decide(USER.of("a")).admitted()).isTrue();
        assertThat(desk.info(ALL.forAll()).used()).isZero();
    }

    /** Somebody holds the last permit in passing, and is denied by another limit: it is back as soon as that is settled. */
    @Test
    void denial_forWantOfAPermitThatIsHeldInPassing_isRememberedForAMoment() {
        Quota all = new Limit("all", 1, Duration.ofMinutes(1)).forAll();
        fleeting.add(all);
        elsewhere.decide(List.of(all), 1, true);
        assertThat(desk.decide(USER.of("a"), all).admitted()).isFalse();
        elsewhere.reset(all);
        assertThat(desk.decide(USER.of("b"), all).basis()).isEqualTo(Basis.REMEMBERED);
        pass(QUESTION);
        assertThat(desk.decide(USER.of("b"), all).admitted()).isTrue();
    }

    /** What is too dear may be denied while something cheaper has room. */
    @Test
    void denial_ofADearRequest_saysNothingOfACheapOne() {
        desk.decide(USER.of("a"));
        assertThat(desk.decide(List.of(USER.of("a")), 2).admitted()).isFalse();
        assertThat(desk.decide(List.of(USER.of("a")), 2).basis()).isEqualTo(Basis.REMEMBERED);
        assertThat(desk.decide(USER.of("a")).admitted()).isTrue();
    }

    @Test
    void limit_raised_isNotDeniedByMemory() {
        desk.decide(List.of(USER.of("a")), 2);
        desk.decide(USER.of("a"));
        assertThat(desk.decide(new Limit("user", 3, USER.window()).of("a")).admitted())
                .isTrue();
    }

    @Test
    void reset_forgetsDenialsToo() {
        desk.decide(List.of(USER.of("a")), 2);
        desk.decide(USER.of("a"));
        desk.reset(USER.of("a"));
        assertThat(desk.decide(List.of(USER.of("a")), 2).admitted()).isTrue();
    }

    @Test
    void denials_areBounded() {
        for (int i = 0; i < 1_000; i++) {
            desk.decide(List.of(USER.of("key " + i)), 2);
            assertThat(desk.decide(USER.of("key " + i)).admitted()).isFalse();
            pass(Duration.ofMillis(i < 500 ? 0 : 100));
        }
        assertThat(denials.size()).isLessThanOrEqualTo(KEYS);
        assertThat(desk.decide(USER.of("key 999")).basis()).isEqualTo(Basis.REMEMBERED);
    }

    @Test
    void peek_chargesNothing() {
        for (int i = 0; i < 5; i++) {
            assertThat(desk.peek(List.of(USER.of("a")), 2).admitted()).isTrue();
        }
        desk.decide(List.of(USER.of("a")), 2);
        assertThat(desk.peek(List.of(USER.of("a")), 1).retryAfter()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void outage_isDecidedByThePolicy(LimitOutage policy) {
        LimitDesk own = desk(policy, true);
        own.decide(USER.of("a"));
        out = true;
        List<Boolean> admitted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Decision decision = own.decide(USER.of("a"));
            assertThat(decision.basis()).isEqualTo(Basis.OUTAGE);
            assertThat(decision.retryAfter().isZero()).isEqualTo(decision.admitted());
            admitted.add(decision.admitted());
        }
        assertThat(admitted)
                .isEqualTo(
                        switch (policy) {
                            case OPEN -> List.of(true, true, true);
                            case CLOSED -> List.of(false, false, false);
                            case LOCAL -> List.of(true, true, false);
                        });
        out = false;
        assertThat(own.decide(USER.of("a")).uses()).extracting(QuotaUse::used).containsExactly(2L);
    }

    /** Of several limits the strictest policy counts, and a limit's own before that of the settings. */
    @Test
    void outage_ofSeveralLimits_isDecidedByTheStrictest() {
        out = true;
        Quota local = USER.during(LimitOutage.LOCAL).of("a");
        Quota closed = ALL.during(LimitOutage.CLOSED).forAll();
        assertThat(desk.decide(local, ALL.forAll()).uses())
                .extracting(QuotaUse::quota)
                .containsExactly(local);
        assertThat(desk.decide(local, closed).admitted()).isFalse();
        assertThat(desk.decide(local, ALL.forAll()).admitted()).isTrue();
        assertThat(desk.decide(local, ALL.forAll()).violated()).hasSize(1);
        assertThat(desk.info(local).used()).isEqualTo(2);
        assertThatThrownBy(() -> desk.info(ALL.forAll())).isInstanceOf(FarTierUnavailableException.class);
        assertThatThrownBy(() -> desk.reset(local)).isInstanceOf(FarTierUnavailableException.class);
        assertThat(desk.info(local).used()).isZero();
    }

    @Test
    void async_waitsElsewhere_unlessTheAnswerIsKnown() {
        var first = desk.decideAsync(List.of(USER.of("a")), 2).toCompletableFuture();
        assertThat(first).isNotDone();
        waiting.remove(0).run();
        assertThat(first.join().admitted()).isTrue();
        desk.decide(USER.of("a"));
        assertThat(desk.decideAsync(List.of(USER.of("a")), 1)
                        .toCompletableFuture()
                        .join()
                        .basis())
                .isEqualTo(Basis.REMEMBERED);
        assertThat(waiting).isEmpty();
    }

    @Test
    void switchedOff_admitsAllAndAsksNobody() {
        LimitDesk off = desk(LimitOutage.CLOSED, false);
        for (int i = 0; i < 5; i++) {
            assertThat(off.decide(USER.of("a"))).isEqualTo(new Decision(true, Basis.OFF, List.of(), Duration.ZERO));
            assertThat(off.peek(List.of(USER.of("a")), 1).basis()).isEqualTo(Basis.OFF);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void wrongRequests_areRefused() {
        assertThatThrownBy(() -> desk.decide(List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no quota");
        assertThatThrownBy(() -> desk.decide(List.of(USER.of("a")), 0)).hasMessageContaining("costs 0 permits");
        assertThatThrownBy(() -> desk.decide(List.of(ALL.of("a"), USER.of("a")), 3))
                .hasMessageContaining("costs 3 permits of limit user, which has 2");
        assertThatThrownBy(() -> desk.decide(USER.of("a"), new Limit("user", 9, USER.window()).of("a")))
                .hasMessageContaining("limit user twice");
        assertThatThrownBy(() -> new Limit(" ", 1, USER.window())).hasMessageContaining("blank");
        assertThatThrownBy(() -> new Limit("x".repeat(251), 1, USER.window())).hasMessageContaining("251 characters");
        assertThatThrownBy(() -> new Limit("l", 1, Duration.ofNanos(1_000_500))).hasMessageContaining("microseconds");
        assertThatThrownBy(() -> new Limit("l", 0, USER.window())).hasMessageContaining("0 permits");
        assertThatThrownBy(() -> new Limit("l", 1, Duration.ZERO)).hasMessageContaining("window of PT0S");
        desk.close();
        assertThatThrownBy(() -> desk.decide(USER.of("a"))).isInstanceOf(IllegalStateException.class);
    }

    /** Who has to wait for two is not told of the shorter wait alone, neither at once nor by memory. */
    @Test
    void denial_ofTwoQuotas_isRememberedOfBoth() {
        Limit all = new Limit("all", 2, Duration.ofSeconds(60));
        desk.decide(List.of(USER.of("a"), all.forAll()), 2);
        Decision counted = desk.decide(USER.of("a"), all.forAll());
        Decision remembered = desk.decide(USER.of("a"), all.forAll());
        assertThat(remembered.basis()).isEqualTo(Basis.REMEMBERED);
        assertThat(remembered.violated())
                .extracting(QuotaUse::quota)
                .containsExactlyElementsOf(
                        counted.violated().stream().map(QuotaUse::quota).toList());
        assertThat(remembered.retryAfter()).isEqualTo(counted.retryAfter()).isGreaterThan(Duration.ofSeconds(59));
        assertThat(desk.decide(USER.of("a")).retryAfter()).isLessThan(Duration.ofSeconds(10));
    }

    /** A limit is known by its name, so a reset reaches what was denied by another of that name. */
    @Test
    void reset_reachesTheDenialOfAnotherLimitOfTheName() {
        desk.decide(List.of(USER.of("a")), 2);
        assertThat(desk.decide(USER.during(LimitOutage.LOCAL).of("a")).admitted())
                .isFalse();
        desk.reset(new Limit("user", 7, Duration.ofHours(1)).of("a"));
        assertThat(desk.decide(USER.during(LimitOutage.LOCAL).of("a")).admitted())
                .isTrue();
    }

    /** The answer of before the reset arrives after it. */
    @Test
    void reset_whileAQuestionIsUnderWay_isNotUndoneByItsAnswer() {
        desk.decide(List.of(USER.of("a")), 2);
        meanwhile = () -> desk.reset(USER.of("a"));
        assertThat(desk.decide(USER.of("a")).admitted()).isFalse();
        meanwhile = () -> {};
        assertThat(desk.decide(USER.of("a")).admitted()).isTrue();
    }

    /** One of three servers is gone; requests go to it and to the others in turn, for a minute. */
    @Test
    void outage_ofOneServerBesideOthers_isOneLineOutAndOneBack() {
        try (CapturedLog log = new CapturedLog()) {
            gone.add("user");
            for (int i = 0; i < 1_000; i++) {
                desk.decide(USER.of("a"));
                desk.decide(ALL.of(i % 20 + "b"));
                pass(Duration.ofMillis(60));
            }
            whole = false;
            pass(Outage.QUIET);
            desk.decide(ALL.of("c"));
            assertThat(log.lines("NF0702")).isEmpty();
            whole = true;
            gone.clear();
            desk.decide(ALL.of("c"));
            desk.decide(ALL.of("c"));
            assertThat(log.lines("NF0701")).hasSize(1);
            assertThat(log.lines("NF0702")).hasSize(1).allMatch(line -> line.contains(" 1000 were not"));
        }
    }

    /** What is counted elsewhere is charged and denies all the same; the policy is for the rest. */
    @Test
    void outage_ofOneLimit_leavesTheOthersInForce() {
        gone.add("all");
        Decision first = desk.decide(ALL.forAll(), USER.of("a"));
        assertThat(first.admitted()).isTrue();
        assertThat(first.basis()).isEqualTo(Basis.OUTAGE);
        assertThat(first.uses()).extracting(QuotaUse::quota).containsExactly(USER.of("a"));
        assertThat(desk.decide(ALL.forAll(), USER.of("a")).admitted()).isTrue();
        Decision denied = desk.decide(ALL.forAll(), USER.of("a"));
        assertThat(denied.admitted()).isFalse();
        assertThat(denied.violated()).extracting(QuotaUse::quota).containsExactly(USER.of("a"));
        assertThat(desk.decide(ALL.forAll(), USER.of("a")).basis()).isEqualTo(Basis.REMEMBERED);
        Quota local = new Limit("all", 1, Duration.ofHours(1), LimitOutage.LOCAL).forAll();
        assertThat(desk.decide(local, USER.of("b")).uses())
                .extracting(QuotaUse::quota)
                .containsExactly(local, USER.of("b"));
    }

    /** The policy denies what the far side has admitted and charged. */
    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "LOCAL"})
    void outage_ofOneLimit_thatDenies_takesBackWhatTheOthersWereCharged(LimitOutage policy) {
        gone.add("all");
        Quota all = new Limit("all", 1, Duration.ofHours(1), policy).forAll();
        desk.decide(all);
        assertThat(desk.decide(USER.of("a"), all).admitted()).isFalse();
        assertThat(desk.info(USER.of("a")).used()).isZero();
        assertThat(desk.peek(USER.of("a"), all).admitted()).isFalse();
    }

    /** They would have their turn when nobody waits for them any more. */
    @Test
    void async_thatFindsNoPlace_isDecidedAsInAnOutage() {
        for (int i = 0; i < PLACES; i++) {
            assertThat(desk.decideAsync(USER.of("a")).toCompletableFuture()).isNotDone();
        }
        Decision decision = desk.decideAsync(USER.of("a")).toCompletableFuture().join();
        assertThat(decision).isEqualTo(new Decision(true, Basis.OUTAGE, List.of(), Duration.ZERO));
        assertThat(asked).hasValue(0);
        desk.close();
        waiting.clear();
        assertThatThrownBy(() -> desk.decideAsync(USER.of("a"))).isInstanceOf(IllegalStateException.class);
    }

    /** What an outage and a flood have left here goes while other requests are counted far. */
    @Test
    void countsOfAnOutage_goAfterIt() {
        LimitDesk local = desk(LimitOutage.LOCAL, true);
        out = true;
        for (int i = 0; i < 40; i++) {
            local.decide(USER.of("key " + i));
        }
        out = false;
        for (int i = 0; i < 40; i++) {
            local.decide(List.of(USER.of("denied " + i)), 2);
            local.decide(USER.of("denied " + i));
        }
        assertThat(here.size()).isEqualTo(40);
        assertThat(denials.size()).isGreaterThan(30);
        pass(Duration.ofSeconds(10));
        for (int i = 0; i < 40; i++) {
            local.decide(ALL.forAll());
        }
        assertThat(here.size()).isZero();
        assertThat(denials.size()).isZero();
    }

    /** A stranger chooses keys, and their length. */
    @Test
    void keys_areNotKept_ifTheyAreLong() {
        List<WeakReference<String>> keys = new ArrayList<>();
        LimitDesk local = desk(LimitOutage.LOCAL, true);
        for (int i = 0; i < 20; i++) {
            out = i % 2 == 0;
            keys.add(spent(local, i + "x".repeat(10_000)));
        }
        assertThat(here.size()).isEqualTo(10);
        assertThat(denials.size()).isEqualTo(10);
        Awaitility.await().until(() -> {
            System.gc();
            return keys.stream().allMatch(key -> key.get() == null);
        });
    }

    private static WeakReference<String> spent(LimitDesk desk, String key) {
        desk.decide(List.of(USER.of(key)), 2);
        desk.decide(USER.of(key));
        return new WeakReference<>(key);
    }
}
