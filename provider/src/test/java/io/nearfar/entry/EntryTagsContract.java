package io.nearfar.entry;

import static io.nearfar.entry.Lifetime.ETERNAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link EntryStore} promises of tags. */
abstract class EntryTagsContract extends EntryAbsenceContract {
    private static Attributes tags(String... tags) {
        return Attributes.of(List.of(tags), Attributes.AS_CONFIGURED);
    }

    private Change<String> tagged(String text, Condition condition, String... tags) {
        return write(text, condition).with(tags(tags));
    }

    private Reply<String> putTagged(String key, String text, String... tags) {
        return store.apply(key, tagged(text, Condition.ALWAYS, tags));
    }

    @Test
    void entry_keepsItsAttributes() {
        Attributes attributes = Attributes.of(List.of("b", "a", "é"), 1_234);
        Reply<String> reply = store.apply("k", write("v", Condition.ALWAYS).with(attributes));
        assertThat(reply.now().attributes()).isEqualTo(attributes);
        assertThat(store.read("k", Freshness.AUTHORITY).attributes()).isEqualTo(attributes);
        store.touch("k", reply.now(), 60_000);
        assertThat(store.read("k", Freshness.AUTHORITY).attributes()).isEqualTo(attributes);
        put("k", "plain");
        assertThat(store.read("k", Freshness.AUTHORITY).attributes()).isEqualTo(Attributes.NONE);
    }

    @Test
    void invalidateTags_endsWhatCarriesOneOfThem() {
        putTagged("a", "1", "red");
        putTagged("b", "2", "red", "blue");
        putTagged("c", "3", "green", "blue");
        putTagged("d", "4", "green");
        put("e", "5");
        store.invalidateTags(Set.of("red", "blue", "none"));
        assertThat(store.lookup("a")).isNull();
        assertThat(store.read("b", Freshness.AUTHORITY)).isNull();
        assertThat(store.read("c", Freshness.NEAR)).isNull();
        assertThat(read("d")).isEqualTo("4");
        assertThat(read("e")).isEqualTo("5");
        assertThat(store.readAll(List.of("a", "b", "c", "d", "e"), Freshness.AUTHORITY))
                .containsOnlyKeys("d", "e");
        assertThat(store.lookupAll(List.of("a", "b", "c", "d", "e"))).containsOnlyKeys("d", "e");
        assertThat(scanned()).containsExactlyInAnyOrder("d=4", "e=5");
    }

    @Test
    void entry_writtenAfterAnInvalidation_lives() {
        putTagged("k", "1", "red");
        store.invalidateTags(Set.of("red"));
        putTagged("k", "2", "red");
        assertThat(read("k")).isEqualTo("2");
        store.invalidateTags(Set.of("blue"));
        assertThat(read("k")).isEqualTo("2");
        store.invalidateTags(Set.of("red"));
        assertThat(read("k")).isNull();
    }

    /** The next write of a key begins anew. */
    @Test
    void entry_whoseTagsWereTakenAway_isNotConcerned() {
        putTagged("k", "1", "red");
        putTagged("k", "2", "blue");
        putTagged("l", "1", "red");
        put("l", "2");
        store.invalidateTags(Set.of("red"));
        assertThat(read("k")).isEqualTo("2");
        assertThat(read("l")).isEqualTo("2");
    }

    @Test
    void manyEntries_ofManyTags_liveAndDieByTheirOwn() {
        Map<String, Change<String>> changes = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            changes.put("k" + i, tagged("v", Condition.ALWAYS, "m" + i % 3, "n" + i % 5));
        }
        store.applyAll(changes);
        store.invalidateTags(Set.of("m0"));
        store.invalidateTags(Set.of("n1"));
        List<String> live = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (i % 3 != 0 && i % 5 != 1) {
                live.add("k" + i);
            }
        }
        assertThat(store.readAll(changes.keySet(), Freshness.AUTHORITY).keySet())
                .containsExactlyInAnyOrderElementsOf(live);
        assertThat(store.readAll(changes.keySet(), Freshness.NEAR).keySet()).containsExactlyInAnyOrderElementsOf(live);
    }

    /** Applied and existed. */
    @ParameterizedTest
    @CsvSource({
        "always, true",
        "witnessed, true",
        "absent, true",
        "present, false",
        "is, false",
    })
    void change_ofAnEntryThatDiedByATag_meetsNothing(String condition, boolean applied) {
        Version there = putTagged("k", "old", "red").version();
        putTagged("l", "old", "red");
        store.invalidateTags(Set.of("red"));
        Change<String> change = Change.write(value("new"), condition(condition, there), new Lifetime(ETERNAL, 0), true);
        Reply<String> reply = store.apply("k", change);
        assertThat(reply.applied()).isEqualTo(applied);
        assertThat(reply.existed()).isFalse();
        assertThat(reply.met()).isNull();
        assertThat(read("k")).isEqualTo(applied ? "new" : null);
        Reply<String> removal = store.apply("l", Change.removal(Condition.WITNESSED, true));
        assertThat(removal.existed()).isFalse();
        assertThat(removal.met()).isNull();
    }

    @Test
    void touch_ofAnEntryThatDiedByATag_doesNotReviveIt() {
        Entry<String> seen = putTagged("k", "old", "red").now();
        store.invalidateTags(Set.of("red"));
        store.touch("k", seen, 60_000);
        assertThat(read("k")).isNull();
    }

    private Change<String> loaded(Version granted, String... tags) {
        return tagged("loaded", Condition.is(granted), tags).since(granted.stamp());
    }

    @Test
    void load_thatBeganBeforeAnInvalidation_isNotStored() {
        Version granted = granted("k", 60_000);
        store.invalidateTags(Set.of("red"));
        Reply<String> reply = store.apply("k", loaded(granted, "blue", "red"));
        assertThat(reply.now()).isNull();
        assertThat(read("k")).isNull();
        assertThat(store.lookup("k")).isNull();
        assertThat(store.applyAll(Map.of("k", loaded(granted("k", 60_000), "blue", "red")))
                        .get("k")
                        .now())
                .isNotNull();
    }

    @Test
    void loads_ofManyKeys_thatBeganBeforeAnInvalidation_areNotStored() {
        Version one = granted("k", 60_000);
        Version other = granted("l", 60_000);
        store.invalidateTags(Set.of("red"));
        store.applyAll(Map.of("k", loaded(one, "red"), "l", loaded(other, "blue")));
        assertThat(read("k")).isNull();
        assertThat(read("l")).isEqualTo("loaded");
    }

    @Test
    void load_ofOtherTags_isStored() {
        store.invalidateTags(Set.of("red"));
        Version granted = granted("k", 60_000);
        store.invalidateTags(Set.of("green"));
        assertThat(store.apply("k", loaded(granted, "red", "blue")).now()).isNotNull();
        assertThat(read("k")).isEqualTo("loaded");
    }

    @Test
    void lease_ofAnEntryThatDiedByATag_isGranted() {
        putTagged("k", "old", "red");
        store.invalidateTags(Set.of("red"));
        Version granted = granted("k", 60_000);
        assertThat(store.renew("k", granted, 60_000)).isTrue();
        store.release("k", granted);
        granted("k", 60_000);
    }

    /** A load that replaces an entry began when it found it, whenever that was written. */
    @Test
    void reload_thatBeganAfterAnInvalidation_isStored_andOneBeforeIsNot() {
        Entry<String> standing = put("k", "old");
        store.invalidateTags(Set.of("red"));
        Lease.Found<String> found = (Lease.Found<String>) store.lease("k", 60_000);
        Change<String> after =
                tagged("new", Condition.is(standing.version()), "red").since(found.asked());
        Entry<String> stored = store.apply("k", after).now();
        assertThat(stored).isNotNull();
        Lease.Found<String> again = (Lease.Found<String>) store.lease("k", 60_000);
        store.invalidateTags(Set.of("green"));
        Change<String> before =
                tagged("newer", Condition.is(stored.version()), "green").since(again.asked());
        assertThat(store.apply("k", before).now()).isNull();
        assertThat(read("k")).isNull();
    }

    @Test
    void clear_afterInvalidations_leavesTagsUsable() {
        putTagged("k", "1", "red");
        store.invalidateTags(Set.of("red"));
        store.clear();
        putTagged("k", "2", "red");
        assertThat(read("k")).isEqualTo("2");
        store.invalidateTags(Set.of("red"));
        assertThat(read("k")).isNull();
    }
}
