package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.DirtySettings;
import io.nearfar.config.OutageRecovery;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Version;
import io.nearfar.key.Glob;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.TextFormat;
import io.nearfar.tier.DirtySet.Known;
import io.nearfar.tier.DirtySet.Work;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DirtySetTest {
    private static final Version BEFORE = new Version(5, 5);
    private static final int HERE = 1;

    private final TextFormat values = new TextFormat();
    private final CacheSignals signals = new CacheSignals("cities");
    private final Entry<String> before = Entry.of(values.keep("before"), BEFORE, 0, Entry.NEVER);
    private long outage;
    private long nanos;
    private int notes;
    private DirtySet<String, String> dirty = withRoomFor(100, 1 << 20);

    private DirtySet<String, String> withRoomFor(long entries, long weight) {
        DirtySettings settings = new DirtySettings(entries, weight, OutageRecovery.KEEP, true);
        return new DirtySet<>(
                settings, key -> key, nanoTime -> nanos / 1_000, () -> nanos, signals, () -> notes++, key -> outage);
    }

    private Change<String> write(String value) {
        return Change.write(values.keep(value), Condition.ALWAYS, Node.eternal(), false);
    }

    private void put(String key, String value) {
        dirty.note(key, HERE, write(value), before);
    }

    private String known(String key) {
        Known<String> known = dirty.known(key, HERE);
        return known == null
                ? "?"
                : known.entry() == null ? "-" : known.entry().value().get();
    }

    private static BitSet here() {
        BitSet partitions = new BitSet();
        partitions.set(HERE);
        return partitions;
    }

    @Test
    void known_isTheLastThingThatTheKeyWasTold() {
        assertThat(known("k")).isEqualTo("?");
        assertThat(dirty.isEmpty()).isTrue();
        put("k", "1");
        put("k", "2");
        assertThat(known("k")).isEqualTo("2");
        dirty.note("k", HERE, Change.removal(Condition.ALWAYS, false), before);
        assertThat(known("k")).isEqualTo("-");
        assertThat(dirty.size()).isOne();
        assertThat(notes).isEqualTo(3);
        assertThat(signals.figures(() -> 0).dirtyKeys()).isOne();
    }

    @Test
    void note_conditional_isDecidedOverTheNoteAndNotOverWhatWasBefore() {
        assertThat(dirty.note("k", HERE, change(Condition.ABSENT), before).applied())
                .isFalse();
        assertThat(dirty.isEmpty()).isTrue();
        assertThat(notes).isZero();
        assertThat(dirty.note("k", HERE, Change.removal(Condition.is(BEFORE), false), before)
                        .applied())
                .isTrue();
        assertThat(dirty.note("k", HERE, change(Condition.is(BEFORE)), before).applied())
                .isFalse();
        assertThat(dirty.note("k", HERE, change(Condition.ABSENT), before).applied())
                .isTrue();
    }

    private Change<String> change(Condition condition) {
        return Change.write(values.keep("x"), condition, Node.eternal(), false);
    }

    /** An invalidation in between, of which this node has not heard, came after what the key was told, not after the work. */
    @Test
    void work_done_leavesTheKeyAsOldAsItIs() {
        put("k", "1");
        Work<String, String> first = dirty.begin("k");
        put("k", "2");
        dirty.done(first, new Version(9, 9));
        assertThat(dirty.begin("k").change().since()).isEqualTo(BEFORE.stamp());
    }

    @Test
    void clear_takesTheInvalidationsNotedBeforeItWithIt() {
        dirty.noteTags(Set.of("red"), Ending.HARD, here());
        long order = dirty.order();
        dirty.cleared(here(), order);
        assertThat(dirty.isEmpty()).isTrue();
        dirty.noteTags(Set.of("red"), Ending.HARD, here());
        dirty.cleared(here(), order);
        assertThat(dirty.isEmpty()).isFalse();
    }

    @Test
    void work_done_takesTheKeyOutOrLeavesWhatItWasToldMeanwhile() {
        put("k", "1");
        Work<String, String> first = dirty.begin("k");
        assertThat(first.change().condition()).isEqualTo(Condition.is(BEFORE));
        assertThat(dirty.begin("k")).as("somebody is at work").isNull();
        CompletableFuture<Void> others = dirty.workOn("k");
        put("k", "2");
        assertThat(dirty.isCurrent(first)).isFalse();
        Version left = new Version(6, 6);
        dirty.done(first, left);
        assertThat(others).isCompleted();
        Work<String, String> second = dirty.begin("k");
        assertThat(second.change().condition())
                .as("over what the work has left")
                .isEqualTo(Condition.is(left));
        assertThat(second.change().value().get()).isEqualTo("2");
        dirty.done(second, new Version(7, 7));
        assertThat(dirty.isEmpty()).isTrue();
        assertThat(signals.figures(() -> 0).dirtyKeys()).isZero();
        assertThat(dirty.workOn("k")).isNull();
    }

    @Test
    void work_undone_leavesTheKey() {
        put("k", "1");
        dirty.undone(dirty.begin("k"));
        assertThat(dirty.begin("k").noted().entry().value().get()).isEqualTo("1");
    }

    @Test
    void work_doneWithoutKnowingWhatItLeft_removesWhatFollows() {
        put("k", "1");
        Work<String, String> work = dirty.begin("k");
        put("k", "2");
        dirty.done(work, null);
        assertThat(dirty.begin("k").change().isRemoval()).isTrue();
    }

    @Test
    void clear_coversWhatWasToldBefore_andTheKeysToldAfterItGoWithIt() {
        put("old", "1");
        dirty.noteClear(here());
        assertThat(dirty.size()).isZero();
        assertThat(known("old")).as("nothing of before is believed").isEqualTo("-");
        put("new", "2");
        assertThat(known("new")).isEqualTo("2");
        assertThat(dirty.begin("new").change().isRemoval())
                .as("nobody knows what the clear will remove with it")
                .isTrue();
        dirty.cleared(here(), dirty.order());
        assertThat(dirty.clears().isEmpty()).isTrue();
    }

    /** A write after the clear must wait for the work on the key, or the work might end after the write. */
    @Test
    void clear_whileSomebodyIsAtWork_keepsThePlace() {
        put("k", "1");
        Work<String, String> work = dirty.begin("k");
        dirty.noteClear(here());
        assertThat(dirty.isDirty("k")).isTrue();
        assertThat(dirty.isCurrent(work)).isFalse();
        assertThat(dirty.workOn("k")).isNotNull();
        dirty.cleared(here(), dirty.order());
        assertThat(dirty.isEmpty()).isFalse();
        dirty.done(work, new Version(6, 6));
        assertThat(dirty.isEmpty()).isTrue();
        assertThat(signals.figures(() -> 0).dirtyKeys()).isZero();
    }

    @Test
    void cleared_butClearedAgainMeanwhile_staysToBeCleared() {
        dirty.noteClear(here());
        long order = dirty.order();
        dirty.noteClear(here());
        dirty.cleared(here(), order);
        assertThat(dirty.clears().isPending(HERE)).isTrue();
        assertThat(dirty.clears().pending()).isEqualTo(here());
        dirty.cleared(here(), dirty.order());
        assertThat(dirty.isEmpty()).isTrue();
    }

    @Test
    void note_ofMoreThanItsWeight_remembersTheKeyAlone() {
        dirty = withRoomFor(100, 3 * values.keep("12345").weight());
        put("a", "12345");
        put("b", "12345");
        put("c", "12345");
        put("d", "12345");
        assertThat(known("d")).isEqualTo("-");
        assertThat(known("a")).isEqualTo("12345");
        dirty.done(dirty.begin("a"), null);
        put("d", "12345");
        assertThat(known("d")).as("there is room again").isEqualTo("12345");
    }

    @Test
    void noteClearOfAll_takesThePlaceOfSingleKeys() {
        dirty = withRoomFor(2, 1 << 20);
        put("a", "1");
        assertThat(dirty.isFullFor("b")).isFalse();
        dirty.note("b", 2, write("2"), null);
        assertThat(dirty.isFullFor("c")).isTrue();
        assertThat(dirty.isFullFor("a")).isFalse();
        dirty.noteClearOfAll();
        assertThat(dirty.size()).isZero();
        assertThat(dirty.clears().pending().stream()).containsExactly(1, 2);
        assertThat(known("a")).isEqualTo("-");
    }

    @Test
    void touch_givesTheNoteAnotherLifetime() {
        put("k", "1");
        Entry<String> entry = dirty.known("k", HERE).entry();
        dirty.touch("k", entry, 5);
        nanos += 4_999_999;
        assertThat(dirty.known("k", HERE).entry().version()).isEqualTo(entry.version());
        nanos++;
        assertThat(known("k")).isEqualTo("-");
        put("k", "2");
        dirty.touch("k", entry, 0);
        assertThat(known("k")).as("the key was told something else").isEqualTo("2");
    }

    /** Nobody knows whether it is out of date already; that it is read does not change that. */
    @Test
    void touch_ofWhatWasLoaded_isAnsweredNoLonger() {
        load("k", lease("k"), 50);
        dirty.touch("k", dirty.known("k", HERE).entry(), 3_600_000);
        nanos += 49;
        assertThat(known("k")).isEqualTo("x");
        nanos++;
        assertThat(known("k")).isEqualTo("-");
    }

    @Test
    void touch_ofWhatWasLoadedForLess_isAnsweredNoLonger() {
        Version lease = lease("k");
        Change<String> brief = Change.write(values.keep("x"), Condition.is(lease), Lifetime.of(1), false);
        dirty.noteLoaded("k", HERE, lease, brief, null, 2_000_000);
        dirty.touch("k", dirty.known("k", HERE).entry(), 3_600_000);
        nanos += 1_999_999;
        assertThat(known("k")).isEqualTo("x");
        nanos++;
        assertThat(known("k")).isEqualTo("-");
    }

    private Version lease(String key) {
        return ((Lease.Granted<String>) dirty.leaseLocally(key, 1_000, 0)).version();
    }

    private boolean load(String key, Version lease, long lasts) {
        return dirty.noteLoaded(key, HERE, lease, change(Condition.is(lease)), null, lasts)
                .applied();
    }

    @Test
    void noteLoaded_isAnsweredForAWhileAndThenStaysToBeMadeUpFor() {
        assertThat(load("k", lease("k"), 50)).isTrue();
        assertThat(known("k")).isEqualTo("x");
        nanos += 50;
        assertThat(known("k")).isEqualTo("-");
        assertThat(dirty.begin("k").change().isRemoval()).isTrue();
    }

    @Test
    void noteLoaded_touchedMeanwhile_isNotKept() {
        Version lease = lease("k");
        put("k", "put");
        assertThat(load("k", lease, 50)).isFalse();
        assertThat(known("k")).isEqualTo("put");
        Version another = lease("l");
        dirty.noteClear(here());
        assertThat(load("l", another, 50)).isFalse();
        assertThat(dirty.leases().size()).isZero();
    }

    @Test
    void noteLoaded_withLittleRoom_isNotKept() {
        dirty = withRoomFor(4, 1 << 20);
        put("a", "1");
        put("b", "1");
        assertThat(load("k", lease("k"), 50)).isFalse();
    }

    @Test
    void leases_areHeldByOneAndEndByThemselves() {
        Version first = lease("k");
        assertThat(dirty.leaseLocally("k", 1_000, 0)).isEqualTo(new Lease.Held<>(first, 1_001));
        nanos += 900_000_000;
        assertThat(dirty.leases().renew("k", first, 1_000)).isTrue();
        nanos += 900_000_000;
        assertThat(dirty.leases().stands("k", first)).isTrue();
        nanos += 100_000_000;
        assertThat(dirty.leases().renew("k", first, 1_000)).isFalse();
        Version second = lease("k");
        dirty.leases().release("k", first);
        assertThat(dirty.leases().stands("k", second)).isTrue();
        dirty.leases().release("k", second);
        assertThat(dirty.leases().size()).isZero();
    }

    @Test
    void lease_ofAnOutageThatHasEnded_isVoid() {
        Version lease = lease("k");
        outage++;
        assertThat(load("k", lease, 50)).isFalse();
        assertThat(dirty.leases().renew("k", lease, 1_000)).isFalse();
        Version another = lease("k");
        assertThat(another).isNotEqualTo(lease);
        assertThat(load("k", another, 50)).isTrue();
    }

    @Test
    void lifetime_ofAnExpiredNote_becomesARemoval() {
        Change<String> brief = Change.write(values.keep("v"), Condition.ALWAYS, Lifetime.of(1), false);
        dirty.note("k", HERE, brief, before);
        nanos += 1_000_000;
        assertThat(known("k")).isEqualTo("-");
        assertThat(dirty.begin("k").change().isRemoval()).isTrue();
    }

    private void notePattern(String pattern) {
        dirty.notePattern(Glob.of(pattern), here(), Glob.of(pattern)::test);
    }

    /** Only where it could not be made: a clear that a closed cache leaves is not to take more. */
    @Test
    void pattern_isDirtyInItsPartitionsAlone() {
        notePattern("k*");
        assertThat(dirty.partitions()).isEqualTo(here());
        dirty.owe("k", "k", HERE + 1);
        assertThat(dirty.size()).isZero();
        dirty.cleared(here(), dirty.order());
        assertThat(dirty.isEmpty()).isTrue();
    }

    /** Who has settled everything before goes to sleep. */
    @Test
    void owe_ofAKey_wakesWhoSettlesWhatIsDirty() {
        notePattern("k*");
        int before = notes;
        dirty.owe("k", "k", HERE);
        assertThat(dirty.begin("k").change().isRemoval()).isTrue();
        assertThat(notes).isEqualTo(before + 1);
        dirty.owe("k", "k", HERE);
        assertThat(notes).isEqualTo(before + 1);
    }

    /** A pattern that is owed elsewhere too does not have the same partitions cleared again and again. */
    @Test
    void owe_ofTooManyKeys_isAClearOfTheirPartitions_once() {
        dirty = withRoomFor(3, 1 << 20);
        BitSet both = here();
        both.set(2);
        dirty.notePattern(Glob.of("k*"), both, key -> true);
        for (int i = 0; i < 3; i++) {
            dirty.owe("k" + i, "k" + i, HERE);
        }
        assertThat(dirty.clears().isEmpty()).isTrue();
        dirty.owe("k3", "k3", HERE);
        assertThat(dirty.clears().pending()).isEqualTo(here());
        assertThat(dirty.patterns().owed().partitions().stream()).containsExactly(2);
        assertThat(known("k4")).as("the clear takes it with it").isEqualTo("-");
        dirty.cleared(here(), dirty.order());
        for (int i = 0; i < 10; i++) {
            dirty.owe("k" + i, "k" + i, HERE);
        }
        assertThat(dirty.clears().isEmpty()).isTrue();
        assertThat(dirty.size()).isZero();
        assertThat(dirty.patterns().owed().speakOf("k", 2)).isTrue();
    }

    @Test
    void tooManyPatterns_areAClearOfTheirPartitions() {
        for (int i = 0; i < 101; i++) {
            notePattern("p" + i);
        }
        assertThat(dirty.clears().pending()).isEqualTo(here());
        assertThat(dirty.patterns().isEmpty()).isTrue();
    }
}
