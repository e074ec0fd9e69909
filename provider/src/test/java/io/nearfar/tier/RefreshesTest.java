package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.CacheSettings;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.near.LocalStore;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an entry is loaded again, and what becomes of that; time is handed in. */
class RefreshesTest {
    private static final long START = 1_763_700_000_000_000L;
    private static final long LEASE_MILLIS = 3_600_000;

    private final AtomicLong micros = new AtomicLong(START);
    private final Threads threads = Threads.create();
    private final CacheSettings settings = Node.leasing(Duration.ofMillis(LEASE_MILLIS));
    private final CacheSignals signals = new CacheSignals("cities");
    private final TextFormat values = new TextFormat();
    private final LocalStore<String, String> store =
            new LocalStore<>(settings, key -> key, TextKeys::matching, nanos -> micros.get(), signals);
    private final Refreshes<String, String> refreshes = refreshes();

    /** As another node has it, which shares the entries. */
    private Refreshes<String, String> refreshes() {
        return new Refreshes<>(
                new LoadCoordinator<>(store, settings, signals, new LocalClock(), threads),
                store.refreshLeases(),
                nanos -> micros.get(),
                threads.upkeep(),
                LEASE_MILLIS,
                20);
    }

    @AfterEach
    void stop() {
        threads.close();
        store.close();
    }

    private Entry<String> put(String value, long millis) {
        return store.apply("k", Change.write(values.keep(value), Condition.ALWAYS, Lifetime.of(millis), false))
                .now();
    }

    private String read() {
        Entry<String> entry = store.read("k", Freshness.NEAR);
        return entry == null ? null : entry.value().get();
    }

    private void pass(long millis) {
        micros.addAndGet(millis * 1_000);
    }

    /** Loads {@code value}, and stores it for a second where nothing was there; an update would leave the end as it is. */
    private Loaded<String> load(Refreshes<String, String> by, Entry<String> entry, String value) throws Exception {
        return by.load(
                "k",
                entry,
                () -> value == null ? null : values.keep(value),
                replaced -> new Lifetime(1_000, Lifetime.UNCHANGED));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 2000, 1799, 20, false",
        "1000, 2000, 1800, 20, false",
        "1000, 2000, 1801, 20, true",
        "1000, 2000, 1999, 20, true",
        "1000, 2000, 1101, 90, true",
        "1000, 9223372036854775807, 999999999, 90, false", // without end
        "-5, 2000, 1999, 20, false", // of an outage
        "3000, 2000, 1999, 20, false", // by a clock that has gone back since
    })
    void isLate_inTheLastPartOfItsLife(long written, long expires, long now, int percent, boolean late) {
        assertThat(Refreshes.isLate(written, expires, now, percent)).isEqualTo(late);
    }

    @Test
    void lateEntry_isBegunOnce_andThenLivesAsANewOne() throws Exception {
        Entry<String> entry = put("1", 1_000);
        assertThat(refreshes.isDue("k", entry)).isFalse();
        pass(900);
        assertThat(refreshes.isDue("k", entry)).isTrue();
        assertThat(refreshes.begin("k", entry)).isTrue();
        assertThat(refreshes.begin("k", entry)).isFalse();
        assertThat(refreshes.isDue("k", entry)).isFalse();
        assertThat(load(refreshes, entry, "2").stored().applied()).isTrue();
        assertThat(read()).isEqualTo("2");
        Entry<String> fresh = store.read("k", Freshness.NEAR);
        assertThat(fresh.expires()).isEqualTo(micros.get() + 1_000_000);
        assertThat(refreshes.isDue("k", fresh)).isFalse();
        assertThat(refreshes.pending()).isZero();
        assertThat(signals.figures(() -> 0).loads()).isEqualTo(1);
    }

    @Test
    void entryForWhichThereWasNoRoom_mayBeBegunAgain() {
        Entry<String> entry = put("1", 1_000);
        pass(900);
        refreshes.begin("k", entry);
        refreshes.forget("k", entry);
        assertThat(refreshes.isDue("k", entry)).isTrue();
        assertThat(refreshes.begin("k", entry)).isTrue();
        Entry<String> next = put("2", 1_000);
        refreshes.begin("k", next);
        refreshes.forget("k", entry);
        assertThat(refreshes.begin("k", next)).as("begun already").isFalse();
    }

    @Test
    void entryThatWaitedTooLong_hasEnded() {
        Entry<String> entry = put("1", 1_000);
        pass(999);
        assertThat(refreshes.hasEnded(entry)).isFalse();
        pass(1);
        assertThat(refreshes.hasEnded(entry)).isTrue();
    }

    @Test
    void anotherNode_loadsMeanwhile_andNobodyElseDoes() throws Exception {
        Entry<String> entry = put("1", 1_000);
        pass(900);
        Refreshes<String, String> other = refreshes();
        refreshes.begin("k", entry);
        other.begin("k", entry);
        Loaded<String> loaded = refreshes.load(
                "k",
                entry,
                () -> {
                    assertThat(load(other, entry, "3")).isNull();
                    assertThat(other.isDue("k", entry))
                            .as("left alone for a while")
                            .isFalse();
                    return values.keep("2");
                },
                replaced -> Lifetime.of(1_000));
        assertThat(loaded.value().get()).isEqualTo("2");
        assertThat(read()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "remove", "clear", "tag"})
    void whatTouchesTheKey_voidsTheLoad(String change) throws Exception {
        Entry<String> entry = put("1", 1_000);
        pass(900);
        refreshes.begin("k", entry);
        Storing<String> tagged = new Storing<>() {
            @Override
            public Lifetime lifetime(Entry<String> replaced) {
                return Lifetime.of(1_000);
            }

            @Override
            public Attributes attributes() {
                return Attributes.of(List.of("red"), Attributes.AS_CONFIGURED);
            }
        };
        refreshes.load(
                "k",
                entry,
                () -> {
                    switch (change) {
                        case "put" -> put("put", 1_000);
                        case "remove" -> store.apply("k", Change.removal(Condition.ALWAYS, false));
                        case "clear" -> store.clear();
                        default -> store.invalidateTags(Set.of("red"));
                    }
                    return values.keep("2");
                },
                tagged);
        assertThat(read()).isEqualTo(change.equals("put") ? "put" : null);
    }

    @Test
    void loadThatFindsNothing_leavesTheEntry() throws Exception {
        Entry<String> entry = put("1", 1_000);
        pass(900);
        refreshes.begin("k", entry);
        assertThat(load(refreshes, entry, null)).isNull();
        assertThat(read()).isEqualTo("1");
        assertThat(refreshes.isDue("k", entry)).isFalse();
    }

    @Test
    void loadThatFails_leavesTheEntry_andIsNotTriedAgainAtOnce() {
        Entry<String> entry = put("1", 1_000);
        pass(900);
        refreshes.begin("k", entry);
        assertThatThrownBy(() -> refreshes.load(
                        "k",
                        entry,
                        () -> {
                            throw new IllegalStateException("no source");
                        },
                        replaced -> Lifetime.of(1_000)))
                .hasMessage("no source");
        assertThat(read()).isEqualTo("1");
        assertThat(refreshes.isDue("k", entry)).isFalse();
        assertThat(refreshes.isDue("k", put("2", 1))).isFalse();
    }
}
