package io.nearfar.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.InvalidationPace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link EntryStore} promises of entries that have ended and are kept for loads that fail. */
abstract class EntryGraceContract extends EntryStoreFixture {
    private static final long HOUR = 3_600_000;

    private static Attributes grace(long millis, String... tags) {
        return Attributes.of(List.of(tags), 1_234, millis);
    }

    private Entry<String> graced(String text, long life, long grace, String... tags) {
        return store.apply(
                        "k",
                        Change.write(value(text), Condition.ALWAYS, Lifetime.of(life), false)
                                .with(grace(grace, tags)))
                .now();
    }

    private Entry<String> ended(String... tags) {
        Entry<String> entry = graced("old", 5, HOUR, tags);
        pass(20);
        return entry;
    }

    private Lease<String> lease() {
        return store.lease("k", 60_000);
    }

    private static Lease.Granted<String> asGranted(Lease<String> lease) {
        assertThat(lease).isInstanceOf(Lease.Granted.class);
        return (Lease.Granted<String>) lease;
    }

    private static String kept(Lease<String> lease) {
        return text(asGranted(lease).kept());
    }

    private Version resting(String... tags) {
        ended(tags);
        Lease.Granted<String> granted = asGranted(lease());
        assertThat(store.releaseFailed("k", granted, 60_000)).isTrue();
        return granted.version();
    }

    private void isNoEntry() {
        assertThat(read("k")).isNull();
        assertThat(store.lookup("k")).isNull();
        assertThat(store.readAll(List.of("k"), Freshness.AUTHORITY)).isEmpty();
        assertThat(store.lookupAll(List.of("k"))).isEmpty();
        assertThat(scanned()).isEmpty();
        assertThat(store.apply("k", write("v", Condition.PRESENT)).applied()).isFalse();
    }

    @Test
    void ended_isNoEntry() {
        Entry<String> entry = ended();
        isNoEntry();
        assertThat(store.apply("k", write("v", Condition.is(entry.version()))).applied())
                .isFalse();
        assertThat(store.touch("k", entry, 60_000)).isFalse();
        Reply<String> reply = store.apply("k", write("v", Condition.ABSENT));
        assertThat(reply.applied()).isTrue();
        assertThat(reply.existed()).isFalse();
        assertThat(read("k")).isEqualTo("v");
    }

    @Test
    void removal_ofWhatHasEnded_removesNothing() {
        ended();
        Reply<String> reply = store.apply("k", Change.removal(Condition.ALWAYS, true));
        assertThat(reply.existed()).isFalse();
        assertThat(reply.met()).isNull();
    }

    @Test
    void ended_isHandedToWhoeverMayLoad() {
        Entry<String> entry = ended("red");
        isNoEntry();
        Entry<String> kept = asGranted(lease()).kept();
        assertThat(text(kept)).isEqualTo("old");
        assertThat(kept.version()).isEqualTo(entry.version());
        assertThat(kept.attributes()).isEqualTo(grace(HOUR, "red"));
        isNoEntry();
        assertThat(lease()).isInstanceOf(Lease.Held.class);
    }

    @Test
    void ended_withoutGrace_isHandedToNobody() {
        putFor("k", "old", 5);
        pass(20);
        assertThat(kept(lease())).isNull();
        graced("old", 5, 0);
        pass(20);
        assertThat(kept(lease())).isNull();
    }

    @Test
    void failedLoad_leavesItToAnswer() {
        Version holder = resting();
        isNoEntry();
        assertThat(lease()).isInstanceOfSatisfying(Lease.Resting.class, resting -> {
            assertThat(text(resting(resting).kept())).isEqualTo("old");
            assertThat(resting.version()).isEqualTo(holder);
            assertThat(resting.asked()).isGreaterThanOrEqualTo(holder.stamp());
        });
        if (isShared()) {
            EntryStore<String, String> other = open("contract");
            assertThat(other.lease("k", 60_000)).isInstanceOf(Lease.Resting.class);
            other.close();
        }
    }

    @SuppressWarnings("unchecked") // of the store under test
    private static Lease.Resting<String> resting(Lease.Resting<?> lease) {
        return (Lease.Resting<String>) lease;
    }

    @Test
    void rest_endsByItself_andTheNextMayLoad() {
        ended();
        assertThat(store.releaseFailed("k", asGranted(lease()), 30)).isTrue();
        pass(60);
        assertThat(kept(lease())).isEqualTo("old");
    }

    @Test
    void rest_ofNoTime_letsTheNextLoad() {
        ended();
        assertThat(store.releaseFailed("k", asGranted(lease()), 0)).isTrue();
        assertThat(kept(lease())).isEqualTo("old");
    }

    @Test
    void load_thatFailsAgainAndAgain_leavesIt() {
        ended();
        for (int i = 0; i < 5; i++) {
            Lease.Granted<String> granted = asGranted(lease());
            assertThat(text(granted.kept())).isEqualTo("old");
            assertThat(store.releaseFailed("k", granted, 0)).isTrue();
        }
    }

    @Test
    void load_whoseHolderDies_leavesIt() {
        ended();
        asGranted(store.lease("k", 30));
        pass(60);
        assertThat(kept(lease())).isEqualTo("old");
    }

    @Test
    void load_thatIsProlonged_leavesIt() {
        ended();
        Lease.Granted<String> holder = asGranted(store.lease("k", 60_000));
        assertThat(store.renew("k", holder.version(), 90_000)).isTrue();
        assertThat(lease()).isInstanceOf(Lease.Held.class);
        assertThat(store.releaseFailed("k", holder, 60_000)).isTrue();
        assertThat(store.renew("k", holder.version(), 60_000))
                .as("a renewal that was under way")
                .isFalse();
        assertThat(lease()).isInstanceOf(Lease.Resting.class);
        assertThat(store.releaseFailed("k", holder, 60_000)).as("once").isFalse();
    }

    @Test
    void grace_ends() {
        graced("old", 5, 20);
        pass(60);
        assertThat(kept(lease())).isNull();
    }

    @Test
    void grace_thatEndsWhileSomebodyLoads_isOver() {
        Outlasted<Lease.Granted<String>> granted = outlasted(millis -> {
            store.clear();
            graced("old", 5, millis);
            pass(10);
            return asGranted(lease());
        });
        assertThat(text(granted.result().kept())).isEqualTo("old");
        pass(granted.over());
        assertThat(store.releaseFailed("k", granted.result(), 60_000)).isFalse();
        assertThat(kept(lease())).isNull();
    }

    @Test
    void result_takesItsPlace() {
        ended();
        Version holder = asGranted(lease()).version();
        assertThat(store.apply("k", write("new", Condition.is(holder))).applied())
                .isTrue();
        assertThat(read("k")).isEqualTo("new");
        store.apply("k", Change.removal(Condition.ALWAYS, false));
        assertThat(kept(lease())).isNull();
    }

    @Test
    void result_whileOthersRest_takesItsPlace() {
        Version holder = resting();
        assertThat(store.apply("k", write("new", Condition.is(holder))).applied())
                .isTrue();
        assertThat(read("k")).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void load_thatFindsNothing_endsIt(boolean remembered) {
        ended();
        Version holder = asGranted(lease()).version();
        if (remembered) {
            store.rememberAbsence("k", holder, 60_000, List.of());
            assertThat(lease()).isInstanceOf(Lease.Absent.class);
        } else {
            store.release("k", holder);
            assertThat(kept(lease())).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "write",
                "write-absent",
                "remove",
                "remove-all",
                "remove-absent",
                "write-none",
                "clear",
                "pattern"
            })
    void anyChange_endsIt(String change) {
        ended();
        change(change);
        isGone(change);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "write",
                "write-absent",
                "remove",
                "remove-all",
                "remove-absent",
                "write-none",
                "clear",
                "pattern"
            })
    void anyChange_whileSomebodyLoads_endsIt(String change) {
        ended();
        Lease.Granted<String> holder = asGranted(lease());
        change(change);
        assertThat(store.releaseFailed("k", holder, 60_000)).isFalse();
        isGone(change);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "write",
                "write-absent",
                "remove",
                "remove-all",
                "remove-absent",
                "write-none",
                "clear",
                "pattern"
            })
    void anyChange_whileItAnswers_endsIt(String change) {
        resting();
        change(change);
        isGone(change);
    }

    private void isGone(String change) {
        if (change.startsWith("write") && !change.equals("write-none")) {
            assertThat(read("k")).isEqualTo("other");
            store.apply("k", Change.removal(Condition.ALWAYS, false));
        }
        assertThat(kept(lease())).isNull();
    }

    private void change(String change) {
        switch (change) {
            case "write" -> put("k", "other");
            case "write-absent" -> store.apply("k", write("other", Condition.ABSENT));
            case "remove" -> store.apply("k", Change.removal(Condition.ALWAYS, false));
            case "remove-all" -> store.applyAll(Map.of("k", Change.removal(Condition.ALWAYS, false)));
            case "remove-absent" -> store.apply("k", Change.removal(Condition.ABSENT, false));
            case "write-none" -> putFor("k", "other", Lifetime.NONE);
            case "clear" -> store.clear();
            case "pattern" -> store.invalidatePattern("k*", new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime));
            default -> throw new IllegalArgumentException(change);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ended, red, false",
        "ended, blue, true",
        "loading, red, false",
        "loading, blue, true",
        "resting, red, false",
        "resting, blue, true"
    })
    void invalidationOfATag_endsIt(String when, String tag, boolean stays) {
        ended("green", "red");
        if (when.equals("ended")) {
            store.invalidateTags(Set.of(tag));
            assertThat(kept(lease())).isEqualTo(stays ? "old" : null);
            return;
        }
        Lease.Granted<String> holder = asGranted(lease());
        if (when.equals("loading")) {
            store.invalidateTags(Set.of(tag));
            assertThat(store.releaseFailed("k", holder, 60_000)).isEqualTo(stays);
        } else {
            store.releaseFailed("k", holder, 60_000);
            store.invalidateTags(Set.of(tag));
        }
        assertThat(lease()).isInstanceOf(stays ? Lease.Resting.class : Lease.Granted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "pattern"})
    void softInvalidation_endsTheLifeAndIsKept(String what) {
        Entry<String> entry = graced("old", HOUR, HOUR, "green", "red");
        put("other", "other");
        soften(what);
        assertThat(read("k")).isNull();
        assertThat(store.apply("k", write("v", Condition.is(entry.version()))).applied())
                .isFalse();
        assertThat(text(store.kept("k"))).isEqualTo("old");
        Lease.Granted<String> granted = asGranted(lease());
        assertThat(text(granted.kept())).isEqualTo("old");
        assertThat(granted.kept().expires())
                .isLessThanOrEqualTo(granted.version().stamp());
        assertThat(store.releaseFailed("k", granted, 0)).isTrue();
        assertThat(kept(lease())).isEqualTo("old");
        assertThat(read("other")).isEqualTo("other");
    }

    private void soften(String what) {
        if (what.equals("tag")) {
            store.invalidateTags(Set.of("red"), Ending.SOFT);
        } else {
            store.invalidatePattern("k*", new KeyWalk(InvalidationPace.DEFAULT, Ending.SOFT, System::nanoTime));
        }
    }

    @ParameterizedTest
    @CsvSource({"tag, tag", "tag, pattern", "tag, clear", "tag, remove", "pattern, tag", "pattern, pattern"})
    void hardInvalidation_afterASoftOne_leavesNothing(String soft, String hard) {
        graced("old", HOUR, HOUR, "green", "red");
        soften(soft);
        if (hard.equals("tag")) {
            store.invalidateTags(Set.of("green"));
        } else {
            change(hard);
        }
        assertThat(kept(lease())).isNull();
    }

    @Test
    void softInvalidation_takesNoHardOneBack() {
        graced("old", HOUR, HOUR, "red");
        store.invalidateTags(Set.of("red"));
        soften("tag");
        soften("pattern");
        assertThat(kept(lease())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "pattern"})
    void softInvalidation_ofWhatHasNoGrace_leavesNothing(String what) {
        graced("old", HOUR, 0, "red");
        soften(what);
        assertThat(kept(lease())).isNull();
    }

    /** What was kept when it was asked for is kept still; what is stored meanwhile is not. */
    @ParameterizedTest
    @ValueSource(strings = {"tag", "pattern"})
    void loadThatBeganBeforeASoftInvalidation_storesNothing(String what) {
        ended("red");
        Lease.Granted<String> granted = asGranted(lease());
        soften(what);
        store.apply(
                "k",
                Change.write(value("read before"), Condition.is(granted.version()), Lifetime.of(HOUR), false)
                        .with(grace(HOUR, "red"))
                        .since(granted.version().stamp()));
        assertThat(read("k")).isNull();
        if (what.equals("pattern")) {
            assertThat(kept(lease())).isEqualTo("old");
        }
    }

    /** In the far tier it then is what the server keeps that must not end before. */
    @Test
    void otherLifetimes_leaveTheGrace() {
        Entry<String> touched = graced("old", 60_000, HOUR);
        assertThat(store.touch("k", touched, 5)).isTrue();
        pass(20);
        assertThat(kept(lease())).isEqualTo("old");

        store.clear();
        Outlasted<Reply<String>> unchanged = outlasted(millis -> {
            graced("old", millis, HOUR);
            return store.apply(
                    "k",
                    Change.write(
                                    value("newer"),
                                    Condition.PRESENT,
                                    new Lifetime(Lifetime.ETERNAL, Lifetime.UNCHANGED),
                                    false)
                            .with(grace(HOUR)));
        });
        assertThat(unchanged.result().applied()).isTrue();
        pass(unchanged.over());
        assertThat(read("k")).isNull();
        assertThat(kept(lease())).isEqualTo("newer");
    }

    @Test
    void many_haveAGrace() {
        store.applyAll(Map.of(
                "k",
                Change.write(value("old"), Condition.ALWAYS, Lifetime.of(5), false)
                        .with(grace(HOUR))));
        pass(20);
        assertThat(kept(lease())).isEqualTo("old");
    }

    @Test
    void largeValue_hasAGrace() {
        String large = "v".repeat(1_500_000);
        graced(large, 5, HOUR, "red");
        pass(20);
        assertThat(read("k")).isNull();
        Lease.Granted<String> granted = asGranted(lease());
        assertThat(text(granted.kept())).isEqualTo(large);
        assertThat(store.releaseFailed("k", granted, 60_000)).isTrue();
        assertThat(lease()).isInstanceOf(Lease.Resting.class);
    }
}
