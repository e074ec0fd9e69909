package io.nearfar.fault.check;

import static io.nearfar.fault.check.Judging.bad;
import static io.nearfar.fault.check.Judging.good;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Span;
import io.nearfar.fault.history.Values;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** How long calls may take. */
class CheckedTimesTest {
    private static final long NONE = Values.NONE;

    @Test
    void call_thatTakesTooLong() {
        good(new Story().get(0, NONE, 10, 300));
        bad(Invariant.I10, new Story().get(0, NONE, 10, 400), "390 ms is longer than the 350 ms");
        good(new Story().happens(Kind.STALL, 20, 80).get(0, NONE, 10, 400));
    }

    @Test
    void call_thatMakesUpForAnOutageBeforeIt() {
        List<Span> trouble = List.of(Story.span(1, 500));
        good(new Story().get(0, NONE, 10, 400), Bounds.open(trouble));
        bad(Invariant.I10, new Story().get(0, NONE, 10, 700), Bounds.open(trouble), "690 ms is longer than the 600 ms");
        bad(Invariant.I10, new Story().get(0, NONE, 10, 400), Bounds.closed(trouble));
        bad(Invariant.I10, new Story().get(0, NONE, 3_000, 3_400), Bounds.open(trouble));
        good(new Story(Role.TAGGED).get(0, NONE, 10, 510)); // looked up, and then loaded
        good(new Story(Role.PATTERNED).get(0, NONE, 10, 510));
        bad(Invariant.I10, new Story(Role.TAGGED).get(0, NONE, 10, 700), "longer than the 600 ms");
    }

    /** The lease of a node that was loading when its network went stands until it is back, or the lease ends. */
    @Test
    void call_thatWaitsForTheLoadOfANodeCutOff() {
        Bounds trouble = Bounds.open(List.of(Story.span(100, 9_000)));
        good(loading(1).get(0, NONE, 200, 9_900), trouble);
        bad(Invariant.I10, loading(1).get(0, NONE, 200, 11_200), trouble, "11000 ms is longer than the 10850 ms");
        Bounds brief = Bounds.open(List.of(Story.span(100, 1_000)));
        good(loading(1).get(0, NONE, 200, 3_800), brief);
        bad(Invariant.I10, loading(1).get(0, NONE, 200, 3_900), brief, "3700 ms is longer than the 3650 ms");
        bad(Invariant.I10, loading(1).get(0, NONE, 200, 9_900), "longer than the 600 ms");
        bad(Invariant.I10, loading(0).get(0, NONE, 200, 9_900), trouble, "longer than the 850 ms");
        bad(Invariant.I10, new Story(Role.PATTERNED).get(0, NONE, 200, 9_900), trouble, "longer than the 850 ms");
        Bounds later = Bounds.open(List.of(Story.span(10_900, 11_000)));
        bad(Invariant.I10, loading(1).get(0, NONE, 10_200, 11_900), later, "longer than the 850 ms");
    }

    private static Story loading(int node) {
        return new Story(Role.PATTERNED).load(node, 7, 90, 150);
    }

    @Test
    void callsToAServerKnownToBeSilent_costNothing() {
        good(silence(Story::refused), SILENT);
        bad(Invariant.I10, silence((story, at) -> story.get(0, NONE, at, at + 2)), "one in a hundred took 2000 µs");
    }

    @Test
    void silenceWithoutCalls_showsNothing() {
        Story nobodyFoundIt = new Story().happens(Kind.SILENCE, 0, 1_000);
        bad(Invariant.I10, nobodyFoundIt, "no call found out that the server was silent");
        bad(Invariant.I10, silence(NOTHING).get(0, NONE, 500), "only 1 calls while the server was known to be silent");
    }

    @Test
    void callsThatFindOutASilence_takeADeadlineAndHardlyMore() {
        good(silence(Story::refused).get(0, NONE, 10, 275), SILENT);
        bad(
                Invariant.I10,
                silence(Story::refused).get(0, NONE, 10, 285),
                "found out that the server was silent, one in a hundred took 275000 µs");
        good(silence(Story::refused).happens(Kind.TURN, 20, 30).get(0, NONE, 10, 285), SILENT);
    }

    @Test
    void invalidation_takesAsLongAsThereAreKeys() {
        good(new Story(Role.PATTERNED).invalidate(0, 10, 2_000));
    }

    @Test
    void callsToAServerKnownToBeSilent_mayWaitForTheirTurnToRun() {
        good(silence((story, at) -> story.happens(Kind.TURN, at, at + 1)
                .happens(Kind.TURN, at, at + 1)
                .get(0, NONE, at, at + 2)));
    }

    @Test
    void loaderThatTakesItsTime_isNotTheCache() {
        good(silence((story, at) -> story.refused(at).load(at, at + 2)), SILENT);
    }

    private static final Bounds SILENT = Bounds.closed(List.of(Story.span(0, 1_000)));
    private static final BiConsumer<Story, Long> NOTHING = (story, at) -> {};

    /** A server that one call finds to be silent, and what is called while that is known. */
    private static Story silence(BiConsumer<Story, Long> call) {
        Story story = new Story().happens(Kind.SILENCE, 0, 1_000).get(0, NONE, 5);
        for (long at = 450; at < 950; at += 2) {
            call.accept(story, at);
        }
        return story;
    }
}
