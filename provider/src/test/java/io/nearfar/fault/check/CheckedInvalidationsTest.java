package io.nearfar.fault.check;

import static io.nearfar.fault.check.Judging.bad;
import static io.nearfar.fault.check.Judging.good;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Values;
import org.junit.jupiter.api.Test;

/** Clears, and invalidations of tags and patterns: what they ended is not seen again, and nothing else is missing. */
class CheckedInvalidationsTest {
    private static final long NONE = Values.NONE;

    @Test
    void clearedValue_isNotSeenAgain() {
        good(new Story(Role.CLEARED).put(0, 1, 10).clear(1, 20).get(0, 1, 100));
        bad(Invariant.I9, new Story(Role.CLEARED).put(0, 1, 10).clear(1, 20).get(0, 1, 300), "CLEAR cleared/*");
        bad(Invariant.I9, new Story(Role.CLEARED).put(0, 1, 10).clear(1, 20).get(1, 1, 30), "CLEAR cleared/*");
        good(new Story(Role.CLEARED).put(0, 1, 10).clear(1, 20).put(0, 2, 30).get(1, 2, 300));
    }

    @Test
    void valueWhoseTagWasInvalidated_isNotSeenAgain() {
        bad(
                Invariant.I9,
                new Story(Role.TAGGED).put(0, 1, 10).invalidateLike(1, 3, 20).get(1, 1, 30),
                "INVALIDATE_LIKE tagged/* 3");
        good(new Story(Role.TAGGED).put(0, 1, 10).invalidateLike(1, 3, 20).get(1, NONE, 30));
        good(new Story(Role.TAGGED)
                .put(0, 1, 10)
                .invalidateLike(1, 3, 20)
                .put(0, 5, 30)
                .get(1, 5, 300));
    }

    @Test
    void valueThatIsReloaded_hasItsOwnTag() {
        Story reloaded = new Story(Role.TAGGED).put(0, 1, 10).load(0, 2, 20, 21);
        bad(Invariant.I9, reloaded.invalidateLike(1, 4, 30).get(1, 2, 40));
        good(new Story(Role.TAGGED)
                .put(0, 1, 10)
                .load(0, 2, 20, 21)
                .invalidateLike(1, 3, 30)
                .get(1, 2, 40));
        good(new Story(Role.TAGGED)
                .put(0, 1, 10)
                .load(0, 2, 20, 21)
                .invalidateLike(1, 4, 30)
                .get(1, 1, 40));
    }

    @Test
    void valueThatNoInvalidationOfATagConcerned_isStillThere() {
        good(new Story(Role.TAGGED).put(0, 1, 10).invalidateLike(1, 2, 20).get(1, 1, 300));
        bad(
                Invariant.I5,
                new Story(Role.TAGGED).invalidateLike(1, 1, 10).put(0, 1, 20).get(1, NONE, 30),
                "missing");
    }

    @Test
    void valueOfAKeyThatMatched_isNotSeenAgain() {
        Story invalidated = new Story(Role.PATTERNED).put(0, 1, 10).invalidate(1, 20);
        good(new Story(Role.PATTERNED).put(0, 1, 10).invalidate(1, 20).get(0, 1, 270));
        bad(Invariant.I9, invalidated.get(0, 1, 300), "INVALIDATE patterned/k");
        bad(
                Invariant.I9,
                new Story(Role.PATTERNED).put(0, 1, 10).invalidate(1, 20).get(1, 1, 30));
        bad(
                Invariant.I9,
                new Story(Role.PATTERNED).put(0, 1, 10).invalidateAll(1, 20).get(1, 1, 30),
                "INVALIDATE patterned/*");
        bad(
                Invariant.I9,
                new Story(Role.PATTERNED).load(0, 1, 10, 11).invalidate(1, 20).get(1, 1, 30));
        good(new Story(Role.PATTERNED)
                .put(0, 1, 10)
                .invalidate(1, 20)
                .put(0, 2, 30)
                .get(1, 2, 300));
    }

    @Test
    void valueThatIsPutDuringAnInvalidation_mayGoWithTheOthers() {
        good(new Story(Role.PATTERNED).put(0, 1, 22).invalidate(1, 20, 30).get(1, 1, 40));
        good(new Story(Role.PATTERNED).put(0, 1, 22).invalidate(1, 20, 30).get(1, NONE, 40));
        bad(
                Invariant.I5,
                new Story(Role.PATTERNED).invalidate(1, 20, 30).put(0, 1, 31).get(1, NONE, 40),
                "missing");
    }

    @Test
    void valueOfAKeyThatDidNotMatch_isStillThere() {
        Story other = new Story(Role.PATTERNED).put(0, 1, 10).invalidateOther(1, 20);
        good(other.get(1, 1, 30));
        bad(Invariant.I5, other.get(1, NONE, 40), "missing that had been written and not removed", "PUT patterned/k 1");
    }

    @Test
    void invalidation_whileKeysMove_mayMissSome() {
        good(new Story(Role.PATTERNED)
                .put(0, 1, 10)
                .invalidate(1, 20)
                .happens(Kind.MOVE, 15, 30)
                .get(1, 1, 40)
                .get(1, NONE, 50));
        bad(
                Invariant.I9,
                new Story(Role.PATTERNED)
                        .put(0, 1, 10)
                        .happens(Kind.MOVE, 15, 30)
                        .invalidate(1, 40)
                        .get(1, 1, 50));
        bad(
                Invariant.I9,
                new Story(Role.CLEARED)
                        .put(0, 1, 10)
                        .clear(1, 20)
                        .happens(Kind.MOVE, 15, 30)
                        .get(1, 1, 40));
    }
}
