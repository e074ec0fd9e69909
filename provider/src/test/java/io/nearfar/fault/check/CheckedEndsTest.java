package io.nearfar.fault.check;

import static io.nearfar.fault.check.Judging.bad;
import static io.nearfar.fault.check.Judging.good;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker is told of entries that have ended, and that are kept for loads that fail. */
class CheckedEndsTest {
    private static final long NOTHING = 0;

    private static Story kept() {
        return new Story(Role.KEPT);
    }

    @Test
    void valueThatHasEnded_answersWhoLoads_andNobodyElse() {
        good(kept().put(0, 1, 10).expire(0, true, 20).getOrLoad(1, 1, 400));
        bad(
                Invariant.I4,
                kept().put(0, 1, 10).expire(0, true, 20).get(1, 1, 400),
                "before a change",
                "GET kept/k",
                "EXPIRE");
        bad(Invariant.I3, kept().put(0, 1, 10).expire(0, true, 20).get(0, 1, 30), "its own change");
    }

    @Test
    void valueThatWasEndedAndReplaced_answersNobody() {
        bad(Invariant.I3, kept().put(0, 1, 10).expire(0, true, 20).put(0, 2, 30).getOrLoad(0, 1, 40));
        bad(Invariant.I4, kept().put(0, 1, 10).put(0, 2, 30).getOrLoad(1, 1, 400));
        bad(Invariant.I2, kept().put(0, 1, 10).put(0, 2, 20).get(1, 2, 30).getOrLoad(1, 1, 40));
    }

    @Test
    void valueThatWasRemoved_answersNobody() {
        bad(Invariant.I4, kept().put(0, 1, 10).remove(0, true, 20).getOrLoad(1, 1, 400));
        bad(
                Invariant.I4,
                kept().put(0, 1, 10).expire(0, true, 20).remove(0, false, 30).getOrLoad(1, 1, 400));
        bad(Invariant.I9, kept().put(0, 1, 10).clear(0, 20).getOrLoad(1, 1, 400));
    }

    /** Who waits for a load is handed what it brings, and nobody else; what is kept stays, and is older. */
    @Test
    void resultThatAnEndMayHaveKeptFromBeingStored_bindsNobodyWhoLoads() {
        good(waited().expire(1, false, 35).getOrLoad(0, 1, 50));
        good(waited().expireAll(1, 35).getOrLoad(0, 1, 50));
        bad(Invariant.I2, waited().getOrLoad(0, 1, 50), "older version", "LOAD");
        bad(Invariant.I2, waited().expire(1, false, 45).getOrLoad(0, 1, 50));
        bad(Invariant.I2, waited().expire(1, false, 35).get(0, 1, 50));
        bad(Invariant.I2, waited().remove(1, false, 35).getOrLoad(0, 1, 50));
    }

    /** A load begins under another's eyes, who has asked before; what was put before had ended. */
    private static Story waited() {
        return kept().put(0, 1, 10).expire(0, true, 20).load(0, 2, 32, 32).getOrLoad(0, 2, 30, 40);
    }

    @Test
    void resultThatWasSeenByWhoDidNotWaitForIt_wasStored() {
        Story ended = waited().expire(1, false, 35);
        bad(Invariant.I2, ended.get(0, 2, 42).getOrLoad(0, 1, 50));
        bad(
                Invariant.I2,
                kept().put(0, 1, 10)
                        .expire(0, true, 20)
                        .load(0, 2, 32, 32)
                        .expire(1, false, 35)
                        .getOrLoad(0, 2, 34, 40)
                        .getOrLoad(0, 1, 50));
        bad(
                Invariant.I2,
                kept().put(0, 1, 10)
                        .expire(0, true, 20)
                        .load(0, 2, 32, 32)
                        .expire(0, false, 35)
                        .getOrLoad(1, 2, 30, 40)
                        .getOrLoad(1, 1, 50));
        bad(
                Invariant.I2,
                kept().put(0, 1, 10)
                        .expire(0, true, 20)
                        .put(0, 2, 32)
                        .expire(1, false, 35)
                        .getOrLoad(0, 2, 30, 40)
                        .getOrLoad(0, 1, 50));
    }

    @Test
    void valueThatWasFoundToHaveEnded_answersWhoLoads_andNobodyElse() {
        good(kept().put(0, 1, 10).get(1, NOTHING, 420).getOrLoad(1, 1, 430));
        bad(
                Invariant.I2,
                new Story()
                        .put(0, 1, 10)
                        .expire(0, true, 20)
                        .get(1, NOTHING, 30)
                        .get(1, 1, 40),
                "what had gone");
    }

    @Test
    void valueWhoseTimeIsOver_answersWhoLoads_andNobodyElse() {
        good(kept().put(0, 1, 10).getOrLoad(1, 1, 2_000));
        bad(Invariant.I12, kept().put(0, 1, 10).get(1, 1, 500), "past its expiration");
    }

    /** The time of what was loaded counts from when it was stored, which nobody sees. */
    @Test
    void valueThatWasLoaded_livesAtMostItsTimeAfterTheLongestLoad() {
        good(kept().load(0, 1, 10, 11).get(1, 1, 1_400));
        bad(Invariant.I12, kept().load(0, 1, 10, 11).get(1, 1, 1_500), "past its expiration");
    }

    @Test
    void endToldInAnOutage_isMindedByTheNode_butForWhoLoads() {
        Bounds open = Bounds.open(List.of(Story.span(0, 100)));
        bad(Invariant.I3, kept().put(0, 1, 10).notedExpire(0, 20).get(0, 1, 30), open, "told in an outage");
        good(kept().put(0, 1, 10).notedExpire(0, 20).getOrLoad(0, 1, 30), open);
    }

    @Test
    void endThatEndedNothing_afterAPut_isReported() {
        bad(Invariant.I7, new Story().put(0, 1, 10).expire(1, false, 20), "said to be missing");
        good(new Story().put(0, 1, 10).expire(1, true, 20).get(1, NOTHING, 30));
    }

    @Test
    void end_isNoEvent() {
        good(new Story(Role.HEARD).put(0, 1, 10).expire(0, true, 20).heard(0));
        bad(
                Invariant.I13,
                new Story(Role.HEARD).put(0, 1, 10).expire(0, true, 20).heard(1),
                "1 times");
    }

    /** What has to be asked anew by a thread has that time once more. */
    @Test
    void callOfTheViewWithStages_hasTwiceTheTime() {
        bad(Invariant.I10, new Story().get(0, NOTHING, 10, 500));
        good(new Story(Role.STAGED).get(0, NOTHING, 10, 500));
        bad(Invariant.I10, new Story(Role.STAGED).get(0, NOTHING, 10, 700));
    }

    @Test
    void incrementThatMetAnOutage_mayCount() {
        Bounds open = Bounds.open(List.of(Story.span(0, 100)));
        good(counted(), open);
        bad(Invariant.I6, counted().increment(0, 3, 50).lastGet(Caller.JUDGE.node(), 1, 4_100), open);
    }

    private static Story counted() {
        return new Story(Role.COUNTERS)
                .increment(0, 1, 10)
                .notedIncrement(0, 2, 20)
                .lastGet(Caller.JUDGE.node(), 2, 4_000);
    }

    /** That nothing was found by a load is remembered until something is put, and no longer. */
    @Test
    void absenceThatOutlivesAPut_isReported() {
        bad(Invariant.I5, new Story(Role.ABSENT).put(0, 1, 10).getOrLoad(1, NOTHING, 20), "said to be missing");
        good(new Story(Role.ABSENT).getOrLoad(1, NOTHING, 5).put(0, 1, 10).getOrLoad(1, 1, 20));
    }
}
