package io.nearfar.entry;

import static io.nearfar.entry.Lifetime.ETERNAL;
import static io.nearfar.entry.Lifetime.NONE;
import static io.nearfar.entry.Lifetime.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link EntryStore} promises of changes of one key and of lifetimes. */
public abstract class EntryChangesContract extends EntryPatternsContract {
    // Changes of one key

    @ParameterizedTest
    @CsvSource({
        "entry,       always,    true,  true",
        "entry,       witnessed, true,  true",
        "entry,       absent,    false, true",
        "entry,       present,   true,  true",
        "entry,       is,        true,  true",
        "entry,       is-other,  false, true",
        "placeholder, always,    true,  false",
        "placeholder, absent,    true,  false",
        "placeholder, present,   false, false",
        "placeholder, is,        true,  false",
        "placeholder, is-other,  false, false",
        "nothing,     always,    true,  false",
        "nothing,     absent,    true,  false",
        "nothing,     present,   false, false",
        "nothing,     is,        false, false",
        "expired,     always,    true,  false",
        "expired,     absent,    true,  false",
        "expired,     present,   false, false",
        "expired,     is,        false, false",
        "removed,     absent,    true,  false",
        "removed,     present,   false, false",
        "removed,     is,        false, false",
        "cleared,     absent,    true,  false",
        "cleared,     present,   false, false",
        "cleared,     is,        false, false",
    })
    void write_decidesByConditionAndState(String state, String condition, boolean applied, boolean existed) {
        Version there = prepare(state);
        Reply<String> reply = store.apply("k", write("new", condition(condition, there)));
        assertThat(reply.applied()).isEqualTo(applied);
        assertThat(reply.existed()).isEqualTo(existed);
        assertThat(read("k")).isEqualTo(applied ? "new" : state.equals("entry") ? "old" : null);
        if (applied) {
            assertThat(text(reply.now())).isEqualTo("new");
            assertThat(reply.now().version()).isEqualTo(reply.version());
            assertThat(reply.now()).isEqualTo(store.read("k", Freshness.AUTHORITY));
            assertThat(state.equals("nothing") || reply.version().isAfter(there))
                    .isTrue();
        } else {
            assertThat(reply.now()).isNull();
            assertThat(reply.version()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "entry,       always,   true,  true",
        "entry,       present,  true,  true",
        "entry,       is,       true,  true",
        "entry,       is-other, false, true",
        "placeholder, always,   true,  false",
        "placeholder, present,  false, false",
        "placeholder, is-other, false, false",
        "nothing,     always,   true,  false",
        "nothing,     present,  false, false",
        "nothing,     is,       false, false",
        "expired,     present,  false, false",
        "expired,     is,       false, false",
        "cleared,     present,  false, false",
    })
    void removal_decidesByConditionAndState(String state, String condition, boolean applied, boolean existed) {
        Version there = prepare(state);
        Reply<String> reply = store.apply("k", Change.removal(condition(condition, there), false));
        assertThat(reply.applied()).isEqualTo(applied);
        assertThat(reply.existed()).isEqualTo(existed);
        assertThat(reply.now()).isNull();
        assertThat(reply.version() != null).isEqualTo(applied);
        assertThat(read("k")).isEqualTo(!applied && state.equals("entry") ? "old" : null);
    }

    /** What is asked for, and what a lost compare-and-set must know to go on. */
    @ParameterizedTest
    @CsvSource({
        "always,   true,  old",
        "always,   false, ",
        "present,  true,  old",
        "absent,   true,  old",
        "absent,   false, ",
        "is,       true,  old",
        "is,       false, ",
        "is-other, true,  old",
        "is-other, false, old",
    })
    void apply_bringsTheEntryThatItMet(String condition, boolean wanted, String met) {
        Version there = prepare("entry");
        Lifetime lifetime = Lifetime.of(ETERNAL);
        Change<String> change = Change.write(value("new"), condition(condition, there), lifetime, wanted);
        Entry<String> found = store.apply("k", change).met();
        assertThat(text(found)).isEqualTo(met);
        if (met != null) {
            assertThat(found.version()).isEqualTo(there);
        }
    }

    @Test
    void removal_thatWantsIt_bringsTheEntry() {
        put("k", "old");
        assertThat(text(store.apply("k", Change.removal(Condition.ALWAYS, true)).met()))
                .isEqualTo("old");
        assertThat(store.apply("k", Change.removal(Condition.ALWAYS, true)).met())
                .isNull();
    }

    @Test
    void apply_stampsEachWriteOfAKeyAboveTheLast() {
        Version last = new Version(0, 0);
        for (int i = 0; i < 200; i++) {
            boolean removes = i % 5 == 4;
            Change<String> change =
                    removes ? Change.removal(Condition.ALWAYS, false) : write("v" + i, Condition.ALWAYS);
            Version version = store.apply("k", change).version();
            assertThat(version.isAfter(last)).isTrue();
            last = version;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "", " ", "a:b", "}:e:contract:k", "{x}", "*?[a]", "#hashed", "é漢𝄞", "~i:42"})
    void apply_takesAnyKey(String key) {
        put(key, "v");
        assertThat(read(key)).isEqualTo("v");
        assertThat(scanned()).containsExactly(key + "=v");
    }

    @Test
    void apply_takesEmptyAndLargeValues() {
        put("empty", "");
        put("large", "x".repeat(500_000));
        assertThat(read("empty")).isEmpty();
        assertThat(read("large")).hasSize(500_000);
    }

    // Lifetimes

    @Test
    void write_withLifetime_endsInTime() {
        Entry<String> entry = putFor("k", "v", 50);
        assertThat(entry.expires() - entry.created()).isBetween(49_000L, 51_000L);
        Outlasted<String> seen = outlasted(millis -> {
            putFor("k", "v", millis);
            return read("k");
        });
        assertThat(seen.result()).isEqualTo("v");
        pass(seen.over());
        assertThat(read("k")).isNull();
        assertThat(store.lookup("k")).isNull();
        assertThat(store.readAll(List.of("k"), Freshness.AUTHORITY)).isEmpty();
        assertThat(scanned()).isEmpty();
    }

    @Test
    void write_eternal_neverExpires() {
        assertThat(put("k", "v").expires()).isEqualTo(Entry.NEVER);
        assertThat(putFor("k", "v", Long.MAX_VALUE / 10).expires()).isGreaterThan(1L << 51);
        assertThat(read("k")).isEqualTo("v");
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, 60000, 5000,  60000",
        "entry,   60000, 5000,  5000",
        "entry,   60000, -1,    -1",
        "expired, 60000, 5000,  60000",
        "nothing, -1,    5000,  -1",
    })
    void write_givesTheLifetimeOfWhatItMeets(String state, long create, long update, long life) {
        prepare(state);
        Change<String> change = Change.write(value("new"), Condition.ALWAYS, new Lifetime(create, update), false);
        Entry<String> now = store.apply("k", change).now();
        if (life < 0) {
            assertThat(now.expires()).isEqualTo(Entry.NEVER);
        } else {
            assertThat(now.expires() - now.created()).isBetween(life * 1000 - 1000, life * 1000 + 1000);
        }
    }

    @Test
    void write_ofUnchangedLifetime_keepsTheExpiration() {
        Entry<String> old = putFor("k", "old", 30_000);
        Change<String> change = Change.write(value("new"), Condition.ALWAYS, new Lifetime(ETERNAL, UNCHANGED), false);
        assertThat(store.apply("k", change).now().expires()).isEqualTo(old.expires());
        assertThat(store.read("k", Freshness.AUTHORITY).expires()).isEqualTo(old.expires());
        store.apply("k", Change.removal(Condition.ALWAYS, false));
        put("k", "eternal");
        assertThat(store.apply("k", change).now().expires()).isEqualTo(Entry.NEVER);
    }

    @ParameterizedTest
    @CsvSource({"nothing, 0, 5000, false", "entry, 5000, 0, true", "placeholder, 0, 5000, false"})
    void write_withoutLifetime_leavesNothing(String state, long create, long update, boolean existed) {
        prepare(state);
        Reply<String> reply =
                store.apply("k", Change.write(value("new"), Condition.ALWAYS, new Lifetime(create, update), false));
        assertThat(reply.applied()).isTrue();
        assertThat(reply.existed()).isEqualTo(existed);
        assertThat(reply.now()).isNull();
        assertThat(read("k")).isNull();
        assertThat(scanned()).isEmpty();
    }

    @Test
    void touch_extends() {
        Outlasted<Entry<String>> touched = outlasted(millis -> {
            Entry<String> entry = putFor("k", "v", millis);
            store.touch("k", entry, 60_000);
            return entry;
        });
        Entry<String> entry = touched.result();
        pass(touched.over());
        assertThat(read("k")).isEqualTo("v");
        assertThat(store.read("k", Freshness.AUTHORITY).version()).isEqualTo(entry.version());
        assertThat(store.read("k", Freshness.AUTHORITY).expires()).isGreaterThan(entry.expires());
    }

    @Test
    void touch_eternal_keepsForEver() {
        Outlasted<Entry<String>> touched = outlasted(millis -> {
            Entry<String> entry = putFor("k", "v", millis);
            store.touch("k", entry, ETERNAL);
            return entry;
        });
        pass(touched.over());
        assertThat(store.read("k", Freshness.AUTHORITY).expires()).isEqualTo(Entry.NEVER);
    }

    @Test
    void touch_bringsForward() {
        Outlasted<String> seen = outlasted(millis -> {
            store.touch("k", put("k", "v"), millis);
            return read("k");
        });
        assertThat(seen.result()).isEqualTo("v");
        pass(seen.over());
        assertThat(read("k")).isNull();
    }

    @Test
    void touch_withoutLifetime_removes() {
        store.touch("k", put("k", "v"), NONE);
        assertThat(read("k")).isNull();
        assertThat(store.apply("k", write("new", Condition.ABSENT)).existed()).isFalse();
    }

    @Test
    void touch_ofWhatHasChanged_doesNothing() {
        Entry<String> old = putFor("k", "old", 60_000);
        put("k", "new");
        store.touch("k", old, NONE);
        store.touch("k", old, 30);
        pass(60);
        assertThat(read("k")).isEqualTo("new");
        store.apply("k", Change.removal(Condition.ALWAYS, false));
        store.touch("k", old, ETERNAL);
        assertThat(read("k")).isNull();
    }
}
