package io.nearfar.fault.check;

import static io.nearfar.fault.check.Judging.bad;
import static io.nearfar.fault.check.Judging.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Values;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each rule passes a good history and reports a bad one with the operations that cannot be. */
class CheckerTest {
    private static final long NONE = Values.NONE;
    private static final int JUDGE = Caller.JUDGE.node();

    @Test
    void value_thatNobodyWrote() {
        good(new Story().put(0, 1, 10).get(0, 1, 20));
        bad(Invariant.I1, new Story().put(0, 1, 10).get(0, 2, 20), "nobody wrote", "GET registers/k = 2");
        bad(Invariant.I1, new Story().put(0, 1, 10).get(0, 1, 5, 9), "before its write began");
        bad(
                Invariant.I1,
                new Story().put(0, 1, 10).putOther(0, 2, 12).get(0, 2, 20),
                "another key",
                "PUT registers/other");
    }

    @Test
    void value_whoseWriterWasToldNo() {
        good(new Story().put(0, 1, 10).putIfAbsent(1, 2, false, 20).get(0, 1, 30));
        bad(
                Invariant.I7,
                new Story().put(0, 1, 10).putIfAbsent(1, 2, false, 20).get(0, 2, 30),
                "told that it was not written",
                "PUT_IF_ABSENT registers/k 2 = REFUSED");
    }

    @Test
    void olderVersion_afterANewerOne() {
        good(new Story().put(0, 1, 10).put(0, 2, 20).get(1, 1, 30).get(1, 2, 40));
        good(new Story().put(0, 1, 10, 30).put(0, 2, 20, 40).get(1, 2, 50).get(1, 1, 60));
        bad(
                Invariant.I2,
                new Story().put(0, 1, 10).put(0, 2, 20).get(1, 2, 30).get(1, 1, 40),
                "older version",
                "GET registers/k = 1 [40.000, 41.000]");
    }

    @Test
    void version_thatHadGone() {
        good(new Story()
                .put(0, 1, 10)
                .remove(0, true, 20)
                .get(1, NONE, 30)
                .put(0, 2, 40)
                .get(1, 2, 50));
        Story back =
                new Story().put(0, 1, 10).remove(0, true, 20).get(1, NONE, 30).get(1, 1, 40);
        bad(Invariant.I2, back, "had gone");
        good(back, Bounds.open(List.of()));
    }

    @Test
    void loadedValue_comesAfterAnAbsence() {
        good(new Story(Role.LOADED).load(0, 1, 10, 11).get(1, NONE, 15).get(1, 1, 20));
    }

    @Test
    void loadedValue_isHandedToItsCallerEvenIfItIsNotKept() {
        Story loaded = new Story(Role.LOADED).put(1, 1, 10).load(0, 2, 20, 21);
        good(loaded.get(0, 2, 20, 30).get(0, 1, 40), Bounds.open(List.of()));
        bad(Invariant.I2, loaded.get(0, 2, 50).get(0, 1, 60), Bounds.open(List.of()));
    }

    @Test
    void ownWrite_isReadAtOnce() {
        good(new Story().put(0, 1, 10).put(0, 2, 20).get(0, 1, 19, 25).get(0, 2, 30));
        bad(Invariant.I3, new Story().put(0, 1, 10).put(0, 2, 20).get(0, 1, 30), "its own change", "PUT registers/k 2");
        bad(Invariant.I3, new Story().put(0, 1, 10).remove(0, true, 20).get(0, 1, 30), "its own change");
    }

    @Test
    void staleness_ofAHealthyRun() {
        good(new Story().put(0, 1, 10).put(0, 2, 20).get(1, 1, 270));
        bad(
                Invariant.I4,
                new Story().put(0, 1, 10).put(0, 2, 20).get(1, 1, 272),
                "251 ms after it was acknowledged",
                "PUT registers/k 2");
        bad(Invariant.I4, new Story().put(0, 1, 10).remove(0, true, 20).get(1, 1, 300), "279 ms");
    }

    @Test
    void staleness_inTrouble_mayBeLonger() {
        Story story = new Story().put(0, 1, 10).put(0, 2, 20).get(1, 1, 1_200);
        good(story, Bounds.closed(List.of(Story.span(100, 200))));
        bad(Invariant.I4, story, Bounds.closed(List.of(Story.span(5_000, 6_000))));
        Story tooLong = new Story().put(0, 1, 10).put(0, 2, 20).get(1, 1, 1_300);
        bad(Invariant.I4, tooLong, Bounds.closed(List.of(Story.span(100, 200))));
        good(tooLong, Bounds.open(List.of(Story.span(100, 200))));
    }

    @Test
    void staleness_afterTrouble_isThatOfGoodHealth() {
        Bounds bounds = Bounds.open(List.of(Story.span(15, 1_000)));
        good(new Story().put(0, 1, 10).put(0, 2, 20).get(1, 1, 2_240), bounds);
        bad(Invariant.I4, new Story().put(0, 1, 10).put(0, 2, 20).get(1, 1, 2_260), bounds, "2239 ms after");
        good(new Story().put(0, 1, 10).put(0, 2, 1_100).get(1, 1, 2_340), bounds);
        bad(Invariant.I4, new Story().put(0, 1, 10).put(0, 2, 1_100).get(1, 1, 2_360), bounds);
        good(new Story().put(0, 1, 10).put(0, 2, 2_100).get(1, 1, 2_990), bounds);
        bad(Invariant.I4, new Story().put(0, 1, 10).put(0, 2, 2_100).get(1, 1, 3_010), bounds);
    }

    @Test
    void staleness_ofAMachineThatStoodStill_isExcused() {
        good(new Story().put(0, 1, 10).put(0, 2, 20).happens(Kind.STALL, 30, 90).get(1, 1, 300));
    }

    @Test
    void staleness_isMeasuredForEachChangeAndNode() {
        Story story = new Story()
                .put(0, 1, 10)
                .put(0, 2, 20)
                .get(1, 1, 51)
                .get(1, 2, 60)
                .get(0, 2, 60);
        Report report = new Checker(Bounds.ofHealth()).check(story.history());
        assertThat(report.delays()).containsExactly(0L, TimeUnit.MILLISECONDS.toNanos(30));
        assertThat(report.delay(0.5)).isZero();
        assertThat(report.delay(0.99)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
        assertThat(report.worst().nanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
    }

    @Test
    void nodes_afterQuiet_agree() {
        good(new Story().put(0, 1, 10).lastGet(0, 1, 50).lastGet(1, 1, 50).lastGet(JUDGE, 1, 50));
        bad(
                Invariant.I5,
                new Story().put(0, 1, 10).put(0, 2, 20).lastGet(1, 1, 50).lastGet(JUDGE, 2, 50),
                "node 1 thread 0: LAST_GET registers/k = 1",
                "judge: LAST_GET registers/k = 2");
        good(new Story()
                .put(0, 1, 10)
                .happens(Kind.EVICTION, 15, 20)
                .lastGet(1, 1, 50)
                .lastGet(JUDGE, NONE, 50));
    }

    @Test
    void warming_thatGoesOnAfterQuiet_excusesWhoHasReadBefore() {
        good(new Story().lastGet(0, NONE, 50).warm(1, 1, 52).lastGet(JUDGE, 1, 60));
        good(new Story().put(0, 1, 10).warm(1, 2, 49).lastGet(0, 1, 50).lastGet(JUDGE, 2, 60));
        bad(Invariant.I5, new Story().warm(1, 1, 10).lastGet(0, NONE, 2_000).lastGet(JUDGE, 1, 2_010), "LAST_GET");
        bad(Invariant.I5, new Story().load(1, 1, 49, 49).lastGet(0, NONE, 50).lastGet(JUDGE, 1, 60), "LAST_GET");
        bad(Invariant.I5, new Story().warm(1, 1, 49).lastGet(0, 1, 50).lastGet(JUDGE, NONE, 60), "LAST_GET");
    }

    @Test
    void write_thatWasLost() {
        good(new Story().put(0, 1, 10).remove(1, true, 20).get(0, NONE, 30));
        good(new Story().put(0, 1, 10).happens(Kind.LOSS, 20, 25).get(0, NONE, 30));
        bad(Invariant.I5, new Story().put(0, 1, 10).get(0, NONE, 30), "missing", "PUT registers/k 1");
        bad(
                Invariant.I5,
                new Story().put(0, 1, 10).put(0, 2, 20).lastGet(JUDGE, 1, 3_000),
                "far tier itself",
                "PUT registers/k 2");
        good(new Story().put(0, 1, 10).get(0, NONE, 30), Bounds.open(List.of()));
        bad(Invariant.I5, new Story().put(0, 1, 10).lastGet(JUDGE, NONE, 30), Bounds.open(List.of()));
        good(new Story().put(0, 1, 10).noted(0, 2, 20).lastGet(JUDGE, NONE, 30), Bounds.open(List.of()));
    }

    @Test
    void write_duringAFailover_mayBeLost() {
        good(new Story()
                .put(0, 1, 10)
                .put(0, 2, 40)
                .happens(Kind.FAILOVER, 20, 60)
                .lastGet(JUDGE, 1, 90));
        bad(
                Invariant.I5,
                new Story()
                        .put(0, 1, 10)
                        .put(0, 2, 15)
                        .happens(Kind.FAILOVER, 20, 60)
                        .lastGet(JUDGE, 1, 90),
                "far tier itself");
        good(new Story()
                .put(0, 1, 10)
                .put(0, 2, 40)
                .get(1, 2, 45)
                .happens(Kind.FAILOVER, 20, 60)
                .get(1, 1, 90));
        good(new Story()
                .put(0, 1, 10)
                .remove(0, true, 40)
                .get(1, NONE, 45)
                .happens(Kind.FAILOVER, 20, 60)
                .get(1, 1, 90));
    }

    @Test
    void write_thatNoFailoverCanHaveLost_isReadDuringItAndAfterwards() {
        Bounds bounds = Bounds.closed(List.of(Story.span(1_020, 4_000)));
        Story before =
                new Story().happens(Kind.FAILOVER, 20, 4_250).put(0, 1, 5).put(0, 2, 10);
        good(before.get(1, 2, 1_500).get(1, 1, 1_200), bounds);
        bad(Invariant.I4, before.get(1, 1, 1_400), bounds, "1389 ms after it was acknowledged");
        bad(
                Invariant.I5,
                new Story().happens(Kind.FAILOVER, 20, 4_250).put(0, 1, 5).get(1, NONE, 1_500),
                bounds,
                "missing");
        good(
                new Story()
                        .put(0, 1, 3_000)
                        .get(1, NONE, 3_100)
                        .get(1, 1, 3_200)
                        .happens(Kind.FAILOVER, 20, 4_250),
                bounds);
        Story after = new Story().happens(Kind.FAILOVER, 20, 4_250).put(0, 1, 5).put(0, 2, 4_260);
        good(after.get(1, 1, 4_270), bounds);
        bad(Invariant.I4, after.get(1, 1, 5_520), bounds);
    }

    @Test
    void olderVersion_afterANewerOneThatNoFailoverCanHaveLost() {
        Bounds bounds = Bounds.closed(List.of(Story.span(1_020, 4_000)));
        Story back = new Story().happens(Kind.FAILOVER, 20, 4_250).put(0, 1, 5).put(0, 2, 10);
        bad(Invariant.I2, back.get(1, 2, 1_030).get(1, 1, 1_050), bounds, "older version");
        Story gone = new Story().happens(Kind.FAILOVER, 20, 4_250).put(0, 1, 5).remove(0, true, 10);
        bad(Invariant.I2, gone.get(1, NONE, 1_030).get(1, 1, 1_050), bounds, "had gone");
    }

    @Test
    void call_thatFailsThoughAllIsWell() {
        Bounds bounds = Bounds.closed(List.of(Story.span(1_000, 2_000)));
        Bounds later = Bounds.closed(List.of(Story.span(1_500, 2_000)));
        String failure = "FarTierUnavailableException";
        Supplier<Story> called = () -> new Story().get(0, NONE, 0);
        good(new Story().failedGet(0, failure, 1_500).failedGet(0, failure, 3_998), bounds);
        bad(Invariant.I5, called.get().failedGet(0, failure, 4_010), bounds, "nothing was wrong any more for 2011 ms");
        bad(Invariant.I5, called.get().failedGet(0, failure, 1_200), later, "although nothing was wrong");
        good(called.get().failedGet(0, failure, 900), later);
        good(called.get().happens(Kind.STALL, 4_000, 4_050).failedGet(0, failure, 4_010), bounds);
        Report report = new Checker(bounds)
                .check(new Story()
                        .put(0, 1, 10)
                        .put(0, 2, 20)
                        .get(1, 1, 2_300)
                        .failedGet(0, failure, 2_100)
                        .history());
        assertThat(report.recovery(TimeUnit.MILLISECONDS.toNanos(2_000))).isEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
    }

    @Test
    void recovery_endsWithTheLastStaleRead() {
        Story story = new Story().put(0, 1, 10).put(0, 2, 20).get(1, 1, 900);
        story.put(0, 3, 1_000).put(0, 4, 1_010).get(2, 3, 1_300);
        Report report = new Checker(Bounds.closed(List.of(Story.span(15, 1_000)))).check(story.history());
        assertThat(report.recovery(TimeUnit.MILLISECONDS.toNanos(1_000))).isEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
    }

    @Test
    void changeOfAnOutage_isAnsweredByItsOwnNodeAlone() {
        Bounds bounds = Bounds.fresh(List.of(Story.span(15, 5_000)));
        Story noted = new Story().put(1, 1, 10).noted(0, 2, 20).put(1, 3, 30);
        good(noted.get(0, 2, 4_900), bounds);
        good(noted.get(0, 2, 6_900), bounds); // it may be about to find the far tier again
        bad(Invariant.I4, noted.get(0, 2, 7_300), bounds);
        bad(Invariant.I4, new Story().noted(0, 2, 20).put(1, 3, 30).get(2, 2, 4_900), bounds);
        bad(Invariant.I4, new Story().put(1, 1, 10).put(1, 3, 30).get(0, 1, 4_900), bounds);
        bad(
                Invariant.I2,
                new Story().noted(0, 2, 20).put(1, 3, 30).get(2, 3, 40).get(2, 2, 50),
                bounds);
        bad(Invariant.I7, new Story().noted(0, 2, 20).put(1, 3, 30).getAndPut(1, 4, 2, 40), bounds);
        good(new Story().noted(0, 2, 20).put(1, 3, 30).get(0, 3, 18, 40).get(0, 2, 50), bounds);
        bad(
                Invariant.I2,
                new Story().noted(0, 2, 20).put(1, 3, 30).get(0, 3, 18, 40).get(0, 2, 7_200),
                bounds);
        good(new Story().noted(0, 2, 20).put(1, 3, 30).lastGet(JUDGE, NONE, 7_000), bounds);
    }

    @Test
    void loadOfAnOutage_isAnsweredByItsOwnNodeAlone() {
        Bounds bounds = Bounds.open(List.of(Story.span(15, 1_000)));
        Story noted =
                new Story(Role.PATTERNED).put(1, 1, 10).notedLoad(0, 2, 20, 21).put(1, 3, 1_100);
        good(noted.get(0, 2, 2_900), bounds);
        bad(Invariant.I4, noted.get(0, 2, 3_100), bounds);
        Story loaded =
                new Story(Role.PATTERNED).put(1, 1, 10).load(0, 2, 20, 21).put(1, 3, 1_100);
        bad(Invariant.I4, loaded.get(0, 2, 2_900), bounds);
        Story others =
                new Story(Role.PATTERNED).put(1, 1, 10).notedLoad(0, 2, 20, 21).put(1, 3, 1_100);
        bad(Invariant.I4, others.get(2, 2, 2_900), bounds);
    }

    /** A node does not know what it has not read, and removes that for what it has loaded itself; so it does for a put. */
    @Test
    void loadOfAnOutage_mayTakeWhatOthersHavePutMeanwhile() {
        Bounds bounds = Bounds.open(List.of(Story.span(15, 1_000)));
        good(new Story().notedLoad(0, 1, 20, 21).put(1, 2, 1_100).lastGet(JUDGE, NONE, 7_000), bounds);
        bad(Invariant.I5, new Story().load(0, 1, 20, 21).put(1, 2, 1_100).lastGet(JUDGE, NONE, 7_000), bounds);
    }

    @Test
    void oldValue_isHandedOutOnce() {
        good(new Story().put(0, 1, 10).getAndPut(0, 2, 1, 20).getAndPut(1, 3, 2, 30));
        bad(
                Invariant.I6,
                new Story().put(0, 1, 10).getAndPut(0, 2, 1, 20).getAndPut(1, 3, 1, 20),
                "handed out twice",
                "GET_AND_PUT registers/k 2 = 1",
                "GET_AND_PUT registers/k 3 = 1");
        bad(Invariant.I6, new Story().put(0, 1, 10).replace(0, 1, 2, true, 20).getAndPut(1, 3, 1, 20));
    }

    @Test
    void putIfAbsent_hasOneWinner() {
        good(new Story(Role.ONCE).putIfAbsent(0, 1, true, 10).putIfAbsent(1, 2, false, 10));
        bad(
                Invariant.I6,
                new Story(Role.ONCE).putIfAbsent(0, 1, true, 10).putIfAbsent(1, 2, true, 10),
                "two were first");
    }

    @Test
    void increments_areExact() {
        Story counted = new Story(Role.COUNTERS).increment(0, 1, 10).increment(1, 2, 20);
        good(counted.lastGet(JUDGE, 2, 50));
        bad(Invariant.I6, new Story(Role.COUNTERS).increment(0, 1, 10).increment(1, 1, 10), "the same sum");
        bad(Invariant.I6, new Story(Role.COUNTERS).increment(0, 2, 10).increment(1, 1, 20), "smaller sum");
        bad(
                Invariant.I6,
                new Story(Role.COUNTERS).increment(0, 1, 10).increment(1, 2, 20).lastGet(JUDGE, 1, 50),
                "2 increments were acknowledged and 0 failed");
    }

    @Test
    void authority_isNeverOutOfDate() {
        good(new Story().put(0, 1, 10).put(0, 2, 20).getAndPut(1, 3, 2, 30));
        bad(
                Invariant.I7,
                new Story().put(0, 1, 10).put(0, 2, 20).getAndPut(1, 3, 1, 30),
                "far tier itself",
                "GET_AND_PUT registers/k 3 = 1");
        bad(Invariant.I7, new Story().put(0, 1, 10).putIfAbsent(1, 2, true, 30), "missing");
    }

    @Test
    void lateWrite_isReported() {
        bad(
                Invariant.I7,
                new Story().failedPut(0, 1, 10, 260).put(1, 2, 300).lastGet(JUDGE, 1, 3_000),
                "far tier itself",
                "PUT registers/k 1 = FarTierUnavailableException");
        good(
                new Story().failedPut(0, 1, 10, 260).put(1, 2, 200).lastGet(JUDGE, 1, 3_000),
                Bounds.closed(List.of(Story.span(5, 300))));
    }

    @Test
    void refusal_whileTheConditionHolds() {
        good(new Story().put(0, 1, 10).put(1, 2, 20, 50).replace(0, 1, 3, false, 30));
        bad(
                Invariant.I7,
                new Story().put(0, 1, 10).put(1, 2, 5).replace(0, 1, 3, false, 30),
                "what it wanted was there");
        bad(
                Invariant.I7,
                new Story().put(0, 1, 10).remove(0, true, 20).putIfAbsent(1, 2, false, 30),
                "nothing was there");
    }

    @Test
    void racedWrite_isSeenAfterwards() {
        good(new Story(Role.RACED).put(0, 1, 10).put(0, 2, 20).get(1, 2, 400));
        bad(Invariant.I8, new Story(Role.RACED).put(0, 1, 10).put(0, 2, 20).get(1, 1, 400), "GET raced/k = 1");
    }

    @Test
    void valueFromBeforeALoss_isNotServedForLong() {
        Bounds bounds = Bounds.closed(List.of(Story.span(20, 1_000)));
        good(new Story().put(0, 1, 10).happens(Kind.LOSS, 20, 25).get(1, 1, 1_200), bounds);
        bad(
                Invariant.I11,
                new Story().put(0, 1, 10).happens(Kind.LOSS, 20, 25).get(1, 1, 1_300),
                bounds,
                "harness: LOSS *");
        Bounds open = Bounds.open(List.of(Story.span(20, 1_000)));
        good(new Story().put(0, 1, 10).happens(Kind.LOSS, 20, 25).get(1, 1, 2_240), open);
        bad(Invariant.I11, new Story().put(0, 1, 10).happens(Kind.LOSS, 20, 25).get(1, 1, 2_260), open);
    }

    @Test
    void outage_isAnsweredAsDocumented() {
        good(new Story().failedPut(0, 1, 10, 260), Bounds.closed(List.of(Story.span(5, 300))));
        bad(Invariant.OUTAGES, new Story().failedPut(0, 1, 10, 260), Bounds.open(List.of()), "fails open");
        bad(Invariant.OUTAGES, new Story().failedGet(0, "NullPointerException", 10), "not documented");
    }

    @Test
    void entry_pastItsExpiration() {
        good(new Story(Role.EXPIRING).put(0, 1, 10).get(1, 1, 460).get(1, NONE, 500));
        bad(Invariant.I12, new Story(Role.EXPIRING).put(0, 1, 10).get(1, 1, 462), "51 ms past its expiration");
        good(new Story(Role.EXPIRING).put(0, 1, 10).get(1, NONE, 50));
    }

    @Test
    void access_extendsForAll() {
        good(new Story(Role.TOUCHED).put(0, 1, 10).get(1, 1, 1_000).get(0, 1, 2_000));
        good(new Story(Role.TOUCHED).put(0, 1, 10).get(1, 1, 1_000).get(0, NONE, 2_300));
        good(new Story(Role.TOUCHED).put(0, 1, 10).get(1, 1, 1_480).get(0, NONE, 1_600)); // it came at the very end
        bad(
                Invariant.I12,
                new Story(Role.TOUCHED).put(0, 1, 10).get(1, 1, 1_000).get(0, NONE, 2_000),
                "an access had given it more time");
        bad(
                Invariant.I12,
                new Story(Role.TOUCHED).put(0, 1, 10).get(1, 1, 1_000).get(0, 1, 2_600),
                "past its expiration");
    }

    @Test
    void listener_isToldOnceAndInOrder() {
        good(new Story(Role.HEARD)
                .put(0, 1, 10)
                .heard(1)
                .putIfAbsent(0, 2, false, 20)
                .heard(0)
                .event(0, 1, 0));
        bad(Invariant.I13, new Story(Role.HEARD).put(0, 1, 10).heard(0), "told 0 times instead of 1");
        bad(Invariant.I13, new Story(Role.HEARD).put(0, 1, 10).heard(2), "told 2 times instead of 1");
        bad(
                Invariant.I13,
                new Story(Role.HEARD).put(0, 1, 10).put(0, 2, 20).event(0, 2, 0).event(0, 1, 1),
                "older change after a newer one");
        bad(
                Invariant.I13,
                new Story(Role.HEARD).put(0, 1, 10).event(1, 1, 0).event(1, 1, 1),
                "told twice of one change");
    }
}
