package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.InvalidationPace;
import io.nearfar.config.AtomicOutage;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.CompressionSettings;
import io.nearfar.config.KeyRule;
import io.nearfar.config.ListenerScope;
import io.nearfar.config.LoadSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.Namespaces;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.TimeToLiveRules;
import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalStoreTest {
    private static final Lifetime SECOND = Lifetime.of(1_000);
    private static final Lifetime ETERNAL = Lifetime.of(Lifetime.ETERNAL);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final CacheSignals signals = new CacheSignals("cities");
    private final TextFormat values = new TextFormat();
    private volatile Runnable onClock = () -> {};
    private final LocalStore<String, String> store = store(1_000, null);

    private LocalStore<String, String> store(long maximum, Long weight) {
        CacheSettings settings = new CacheSettings(
                "cities",
                Mode.NEAR,
                null,
                maximum,
                weight,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                OutagePolicy.OPEN,
                AtomicOutage.REFUSE,
                Duration.ofMillis(250),
                8_000_000,
                "java",
                TrustPolicy.LEARNED,
                List.of(),
                Duration.ofSeconds(5),
                FarSetups.DIRTY,
                CompressionSettings.NONE,
                0,
                TimeToLiveRules.NONE,
                LoadSettings.NONE,
                KeyRule.NONE,
                Namespaces.NONE,
                ListenerScope.ALL,
                InvalidationPace.DEFAULT);
        return new LocalStore<>(settings, key -> key, TextKeys::matching, nanos -> micros(), signals);
    }

    private long micros() {
        onClock.run();
        return now.get();
    }

    private Reply<String> put(String key, String value, Condition condition, Lifetime lifetime) {
        return store.apply(key, Change.write(values.keep(value), condition, lifetime, true));
    }

    private Reply<String> put(String key, String value, Lifetime lifetime) {
        return put(key, value, Condition.ALWAYS, lifetime);
    }

    private String read(String key) {
        Entry<String> entry = store.read(key, Freshness.NEAR);
        return entry == null ? null : entry.value().get();
    }

    private void pass(long millis) {
        now.addAndGet(millis * 1_000);
    }

    @Test
    void write_always_tellsWhatItMetAndWhatStandsThere() {
        Reply<String> first = put("k", "one", ETERNAL);
        Reply<String> second = put("k", "two", ETERNAL);
        assertThat(first).extracting(Reply::applied, Reply::existed, Reply::met).containsExactly(true, false, null);
        assertThat(second.existed()).isTrue();
        assertThat(second.met()).isEqualTo(first.now());
        assertThat(second.now().version()).isEqualTo(second.version());
        assertThat(second.now().created()).isEqualTo(first.now().created());
        assertThat(read("k")).isEqualTo("two");
    }

    @Test
    void versions_withAClockThatStandsOrGoesBack_stillRise() {
        Version first = put("k", "one", ETERNAL).version();
        Version second = put("k", "two", ETERNAL).version();
        now.set(5);
        Version third = put("l", "three", ETERNAL).version();
        assertThat(second.isAfter(first)).isTrue();
        assertThat(third.isAfter(second)).isTrue();
    }

    @Test
    void condition_thatDoesNotHold_changesNothingAndSaysWhatIsThere() {
        Entry<String> old = put("k", "one", ETERNAL).now();
        Entry<String> current = put("k", "two", ETERNAL).now();
        assertThat(put("k", "x", Condition.ABSENT, ETERNAL)).isEqualTo(new Reply<>(false, true, current, null, null));
        assertThat(put("k", "x", Condition.is(old.version()), ETERNAL).met()).isEqualTo(current);
        assertThat(put("none", "x", Condition.PRESENT, ETERNAL).applied()).isFalse();
        assertThat(put("none", "x", Condition.is(old.version()), ETERNAL).applied())
                .isFalse();
        assertThat(store.apply("k", Change.removal(Condition.is(old.version()), false))
                        .applied())
                .isFalse();
        assertThat(read("k")).isEqualTo("two");
        assertThat(read("none")).isNull();
    }

    @Test
    void removal_tellsWhetherThereWasAnEntry() {
        put("k", "one", ETERNAL);
        assertThat(store.apply("k", Change.removal(Condition.ALWAYS, true)))
                .extracting(Reply::applied, Reply::existed, Reply::now)
                .containsExactly(true, true, null);
        assertThat(store.apply("k", Change.removal(Condition.ALWAYS, true)))
                .extracting(Reply::applied, Reply::existed, Reply::met)
                .containsExactly(true, false, null);
    }

    @Test
    void entry_pastItsExpiration_countsAsAbsentEverywhere() {
        Version expired = put("k", "one", SECOND).version();
        pass(999);
        assertThat(read("k")).isEqualTo("one");
        pass(1);
        assertThat(store.lookup("k")).isNull();
        put("k", "one", SECOND);
        pass(1_000);
        assertThat(store.scan()).isExhausted();
        assertThat(put("k", "x", Condition.PRESENT, SECOND).applied()).isFalse();
        assertThat(put("k", "x", Condition.is(expired), SECOND).applied()).isFalse();
        assertThat(put("k", "two", Condition.ABSENT, SECOND).existed()).isFalse();
        assertThat(read("k")).isEqualTo("two");
    }

    @Test
    void expiredEntry_isToldOnceByWhoeverFindsIt() {
        List<String> told = new ArrayList<>();
        store.tellExpirations((key, entry, byCaller) -> told.add(key + " " + byCaller));
        for (String key : List.of("read", "written", "removed", "purged")) {
            put(key, "one", SECOND);
        }
        pass(1_000);
        read("read");
        read("read");
        put("written", "two", ETERNAL);
        store.apply("removed", Change.removal(Condition.ALWAYS, false));
        assertThat(told).containsExactly("read true", "written true", "removed true");
        store.purge();
        store.purge();
        assertThat(told).last().isEqualTo("purged false");
        assertThat(told).hasSize(4);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void lifetime_ofAnUpdate_movesOrKeepsTheExpiration() {
        put("k", "one", SECOND);
        pass(500);
        put("k", "two", new Lifetime(Lifetime.ETERNAL, Lifetime.UNCHANGED));
        pass(500);
        assertThat(read("k")).isNull();
        put("k", "one", SECOND);
        pass(500);
        put("k", "two", new Lifetime(Lifetime.NONE, 1_000));
        pass(999);
        assertThat(read("k")).isEqualTo("two");
    }

    @Test
    void lifetimeNone_storesNothingAndTakesAwayWhatWasThere() {
        Reply<String> created = put("k", "one", Lifetime.of(Lifetime.NONE));
        assertThat(created).extracting(Reply::applied, Reply::now).containsExactly(true, null);
        assertThat(created.version()).isNotNull();
        put("k", "one", ETERNAL);
        Reply<String> updated = put("k", "two", Lifetime.of(Lifetime.NONE));
        assertThat(updated).extracting(Reply::existed, Reply::now).containsExactly(true, null);
        assertThat(read("k")).isNull();
    }

    @Test
    void longestLifetime_doesNotOverflow() {
        Entry<String> entry = put("k", "one", Lifetime.of(Long.MAX_VALUE)).now();
        assertThat(entry.expires()).isEqualTo(Entry.NEVER);
    }

    @Test
    void touch_movesTheExpirationOfWhatWasSeenAndOfNothingElse() {
        Entry<String> seen = put("k", "one", SECOND).now();
        pass(500);
        store.touch("k", seen, 1_000);
        pass(999);
        assertThat(read("k")).isEqualTo("one");
        Entry<String> current = put("k", "two", SECOND).now();
        store.touch("k", seen, Lifetime.ETERNAL);
        assertThat(store.read("k", Freshness.NEAR)).isEqualTo(current);
        store.touch("k", current, Lifetime.NONE);
        assertThat(read("k")).isNull();
    }

    @Test
    void lease_isGrantedToOneUntilItEnds() {
        Lease<String> first = store.lease("k", 1_000);
        Version holder = ((Lease.Granted<String>) first).version();
        pass(400);
        assertThat(store.lease("k", 1_000)).isEqualTo(new Lease.Held<String>(holder, 601));
        assertThat(store.renew("k", holder, 1_000)).isTrue();
        pass(999);
        assertThat(store.lease("k", 1_000)).isInstanceOf(Lease.Held.class);
        pass(1);
        assertThat(store.renew("k", holder, 1_000)).isFalse();
        assertThat(store.lease("k", 1_000)).isInstanceOf(Lease.Granted.class);
        assertThat(put("k", "late", Condition.is(holder), ETERNAL).applied()).isFalse();
    }

    @Test
    void leaseHolder_storesIfNothingTouchedTheKey() {
        Version holder = ((Lease.Granted<String>) store.lease("k", 1_000)).version();
        assertThat(read("k")).isNull();
        assertThat(store.scan()).isExhausted();
        Reply<String> stored = put("k", "loaded", Condition.is(holder), ETERNAL);
        assertThat(stored).extracting(Reply::applied, Reply::existed).containsExactly(true, false);
        assertThat(store.lease("k", 1_000))
                .isInstanceOfSatisfying(
                        Lease.Found.class, found -> assertThat(found.entry()).isEqualTo(stored.now()));
        assertThat(store.placeholders()).isZero();
    }

    @Test
    void placeholder_isVoidedByEveryChangeOfTheKey() {
        List<Runnable> changes = List.of(
                () -> put("k", "x", ETERNAL),
                () -> store.apply("k", Change.removal(Condition.ALWAYS, false)),
                () -> put("k", "x", Lifetime.of(Lifetime.NONE)),
                store::clear);
        for (Runnable change : changes) {
            Version holder = ((Lease.Granted<String>) store.lease("k", 1_000)).version();
            change.run();
            assertThat(store.renew("k", holder, 1_000)).isFalse();
            assertThat(put("k", "loaded", Condition.is(holder), ETERNAL).applied())
                    .isFalse();
            store.clear();
        }
        assertThat(store.placeholders()).isZero();
    }

    @Test
    void changeThatDoesNotHold_leavesThePlaceholder() {
        Version holder = ((Lease.Granted<String>) store.lease("k", 1_000)).version();
        put("k", "x", Condition.PRESENT, ETERNAL);
        assertThat(store.renew("k", holder, 1_000)).isTrue();
        store.release("k", new Version(1, 2));
        assertThat(store.renew("k", holder, 1_000)).isTrue();
        store.release("k", holder);
        assertThat(store.placeholders()).isZero();
    }

    @Test
    void purge_forgetsPlaceholdersWhoseTimeIsOver() {
        store.lease("k", 1_000);
        pass(1_000);
        store.purge();
        assertThat(store.placeholders()).isZero();
    }

    @Test
    void scan_meetsEachLiveEntryOnce() {
        for (int i = 0; i < 500; i++) {
            put("k" + i, "v" + i, i % 2 == 0 ? ETERNAL : SECOND);
        }
        pass(1_000);
        List<String> met = new ArrayList<>();
        Iterator<Keyed<String, String>> entries = store.scan();
        entries.forEachRemaining(each -> met.add(each.key()));
        assertThat(met).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void entriesBeyondTheMaximum_areEvictedAndCounted() {
        LocalStore<String, String> small = store(10, null);
        for (int i = 0; i < 100; i++) {
            small.apply("k" + i, Change.write(values.keep("v"), Condition.ALWAYS, ETERNAL, false));
        }
        assertThat(small.size()).isLessThanOrEqualTo(10);
        assertThat(signals.figures(() -> 0).evictions()).isEqualTo(100 - small.size());
    }

    @Test
    void weightBeyondTheMaximum_isEvicted() {
        Value<String> heavy = values.keep("x".repeat(100));
        LocalStore<String, String> small = store(1_000, 10L * heavy.weight());
        for (int i = 0; i < 100; i++) {
            small.apply("k" + i, Change.write(heavy, Condition.ALWAYS, ETERNAL, false));
        }
        assertThat(small.size()).isLessThanOrEqualTo(10).isPositive();
    }

    @Test
    void lookups_areCountedAndReadsAreNot() {
        put("k", "one", ETERNAL);
        store.lookup("k");
        store.lookupAll(List.of("k", "none"));
        store.read("none", Freshness.AUTHORITY);
        store.readAll(List.of("k"), Freshness.AUTHORITY);
        assertThat(signals.figures(() -> 0))
                .extracting(figures -> figures.nearHits(), figures -> figures.misses())
                .containsExactly(2L, 1L);
    }

    @Test
    void nearLookups_areCountedIfTheyFind() {
        put("k", "one", ETERNAL);
        assertThat(store.lookupNear("k")).isNotNull();
        assertThat(store.lookupNear("none")).isNull();
        assertThat(signals.sumOfNearLookups()).isOne();
        assertThat(signals.figures(() -> 0))
                .extracting(figures -> figures.nearHits(), figures -> figures.misses())
                .containsExactly(1L, 0L);
    }

    @Test
    void keys_areKeptAsTheKeeperGivesThem() {
        LocalStore<String, String> keeping = new LocalStore<>(
                io.nearfar.entry.TestSettings.limitedTo(1_000),
                key -> key + "'",
                TextKeys::matching,
                nanos -> now.get(),
                signals);
        keeping.apply("k", Change.write(values.keep("v"), Condition.ALWAYS, ETERNAL, false));
        assertThat(keeping.read("k'", Freshness.NEAR)).isNotNull();
        assertThat(keeping.scan().next().key()).isEqualTo("k''");
    }

    @Test
    void applyAll_hasAReplyForEachKey() {
        Change<String> write = Change.write(values.keep("v"), Condition.ABSENT, ETERNAL, false);
        put("a", "there", ETERNAL);
        Map<String, Reply<String>> replies = store.applyAll(Map.of("a", write, "b", write));
        assertThat(replies.get("a").applied()).isFalse();
        assertThat(replies.get("b").applied()).isTrue();
    }

    /** The clock is read between a commit's look at its placeholder and its insert; there the clear comes in. */
    @Test
    void clear_betweenACommitsLookAndItsInsert_letsNothingSurvive() throws Exception {
        Version granted = ((Lease.Granted<String>) store.lease("k", 1_000)).version();
        Thread clear = new Thread(store::clear);
        onClock = () -> {
            if (store.placeholders() == 0) {
                onClock = () -> {};
                clear.start();
                awaitEndOrWait(clear);
            }
        };
        put("k", "loaded before", Condition.is(granted), ETERNAL);
        clear.join();
        assertThat(clear.getState()).as("the clear came in").isEqualTo(Thread.State.TERMINATED);
        assertThat(read("k")).isNull();
        assertThat(put("k", "after", ETERNAL).applied()).isTrue();
    }

    /** The value is weighed between a reload's look at its tags and its insert; there the invalidation comes in. */
    @Test
    void invalidation_betweenAReloadsLookAndItsInsert_letsNothingSurvive() throws Exception {
        LocalStore<String, String> weighing = store(1_000, 1_000_000L);
        Change<String> before = Change.write(values.keep("old"), Condition.ALWAYS, ETERNAL, false);
        Version standing = weighing.apply("k", before).version();
        long asked = ((Lease.Found<String>) weighing.lease("k", 1_000)).asked();
        Thread invalidation = new Thread(() -> weighing.invalidateTags(Set.of("red")));
        Value<String> loaded = weighed(() -> {
            if (invalidation.getState() == Thread.State.NEW) {
                invalidation.start();
                awaitEndOrWait(invalidation);
            }
        });
        weighing.apply(
                "k",
                Change.write(loaded, Condition.is(standing), ETERNAL, false)
                        .with(Attributes.of(List.of("red"), Attributes.AS_CONFIGURED))
                        .since(asked));
        invalidation.join();
        assertThat(weighing.read("k", Freshness.NEAR)).isNull();
    }

    /** As {@link #clear_betweenACommitsLookAndItsInsert_letsNothingSurvive}. */
    @Test
    void patternBetweenACommitsLookAndItsInsert_letsNothingSurvive() throws Exception {
        Version granted = ((Lease.Granted<String>) store.lease("k", 1_000)).version();
        KeyWalk walk = new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime);
        Thread invalidation = new Thread(() -> store.invalidatePattern("k*", walk));
        onClock = () -> {
            if (store.placeholders() == 0) {
                onClock = () -> {};
                invalidation.start();
                awaitEndOrWait(invalidation);
            }
        };
        put("k", "loaded before", Condition.is(granted), ETERNAL);
        invalidation.join();
        assertThat(read("k")).isNull();
        assertThat(walk.removed()).isEqualTo(1);
    }

    @Test
    void expiredEntry_thatMatches_isToldAndNotCounted() {
        put("k", "v", Lifetime.of(10));
        now.addAndGet(20_000);
        KeyWalk walk = new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime);
        store.invalidatePattern("*", walk);
        assertThat(walk.found()).isEqualTo(1);
        assertThat(walk.removed()).isZero();
        assertThat(store.size()).isZero();
    }

    private Value<String> weighed(Runnable onWeighing) {
        Value<String> value = values.keep("loaded");
        return new Value<>() {
            @Override
            public String get() {
                return value.get();
            }

            @Override
            public byte[] bytes() {
                return value.bytes();
            }

            @Override
            public int weight() {
                onWeighing.run();
                return value.weight();
            }
        };
    }

    /** What is remembered of them is bounded, and is for loads under way. */
    @Test
    void manyInvalidations_endOnlyWhatCarriesTheirTags() {
        store.apply(
                "k",
                Change.write(values.keep("v"), Condition.ALWAYS, ETERNAL, false)
                        .with(Attributes.of(List.of("red"), Attributes.AS_CONFIGURED)));
        for (int i = 0; i < 3_000; i++) {
            store.invalidateTags(Set.of("t" + i));
        }
        assertThat(read("k")).isEqualTo("v");
    }

    private static void awaitEndOrWait(Thread thread) {
        Set<Thread.State> ends = Set.of(Thread.State.TERMINATED, Thread.State.WAITING);
        while (!ends.contains(thread.getState())) {
            Thread.onSpinWait();
        }
    }
}
