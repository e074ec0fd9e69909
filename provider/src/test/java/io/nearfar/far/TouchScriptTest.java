package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.invalidation.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> touch(ScriptBench bench, String seen, long millis) {
        return touch(bench, bench.inTime(), seen, millis);
    }

    private static List<Object> touch(ScriptBench bench, long notAfter, String seen, long millis) {
        return bench.run(
                Script.TOUCH,
                notAfter,
                List.of(ENTRY, META, CHAIN, TAGS),
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                ScriptBench.condition(seen),
                millis);
    }

    private static void putLiving(ScriptBench bench, long millis) {
        byte[] entry = ScriptBench.entry(STORED, millis < 0 ? 0 : bench.now() + millis * 1000, "old");
        bench.call("SET", ENTRY, entry);
        if (millis >= 0) {
            bench.call("PEXPIRE", ENTRY, millis);
        }
    }

    /** Life before and lifetime given, milliseconds or -1 for ever; whether the other nodes hear of it. */
    @ParameterizedTest
    @CsvSource({
        "100000, 600000, false",
        "100000, -1,    false",
        "-1,    -1,    false",
        "600000, 100000, true",
        "-1,    100000, true",
    })
    void touch_movesTheEndAndTellsWhoHoldsTooLong(long before, long millis, boolean told) {
        BENCHES.each(bench -> {
            putLiving(bench, before);
            long from = bench.now();
            List<Object> reply = touch(bench, "is", millis);
            Version version = told ? new Version((Long) reply.get(1), ME.nonce()) : STORED;
            assertThat(reply.subList(0, 2)).containsExactly(1L, version.stamp());

            Envelope after = bench.read(ENTRY);
            assertThat(after.version()).isEqualTo(version);
            assertThat(new String(after.value(), UTF_8)).isEqualTo("old");
            assertThat(after.created()).isEqualTo(77);
            assertThat(after.expires()).isEqualTo(Wording.expires((Long) reply.get(2)));
            assertThat(bench.life(ENTRY)).isCloseTo(millis, within(millis < 0 ? 0L : 60_000L));
            if (millis > 0) {
                assertThat(after.expires()).isBetween(from + millis * 1000, bench.now() + millis * 1000);
            } else {
                assertThat(after.expires()).isEqualTo(Entry.NEVER);
            }
            assertThat(bench.chain()).isEqualTo(told ? version : CHAINED);
            List<Invalidation> messages = bench.messages();
            if (told) {
                assertThat(messages)
                        .containsExactly(new Invalidation(0, CHAINED, version, Kind.ENTRIES, "c", List.of("k")));
            } else {
                assertThat(messages).isEmpty();
            }
        });
    }

    @Test
    void touch_withoutLifetime_removes() {
        BENCHES.each(bench -> {
            putLiving(bench, 100_000);
            List<Object> reply = touch(bench, "is", 0);
            assertThat(reply.get(0)).isEqualTo(2L);
            assertThat(bench.life(ENTRY)).isEqualTo(-2);
            Version version = new Version((Long) reply.get(1), ME.nonce());
            assertThat(bench.chain()).isEqualTo(version);
            assertThat(bench.messages())
                    .containsExactly(new Invalidation(0, CHAINED, version, Kind.ENTRIES, "c", List.of("k")));
        });
    }

    /** An entry that was alive is not dead because its end has come forward. */
    @Test
    void touch_byAClockThatIsBehindTheLastClear_stampsAboveIt() {
        BENCHES.each(bench -> {
            long ahead = bench.clearAhead();
            Version above = new Version(ahead + 10, STORED.nonce());
            bench.call("SET", ENTRY, ScriptBench.entry(above, 0, "old"));
            List<Object> reply = touch(bench, above, 600_000);
            assertThat(reply.subList(0, 2)).containsExactly(1L, ahead + 1);
            Version now = new Version(ahead + 1, ME.nonce());
            assertThat(bench.read(ENTRY).version()).isEqualTo(now);
            assertThat(touch(bench, now, -1).get(0)).as("lives").isEqualTo(1L);
        });
    }

    private static List<Object> touch(ScriptBench bench, Version seen, long millis) {
        return bench.run(
                Script.TOUCH,
                List.of(ENTRY, META, CHAIN),
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                ScriptBench.bytes(seen),
                millis);
    }

    @ParameterizedTest
    @CsvSource({
        "ENTRY_THERE, is-other",
        "PLACEHOLDER, is",
        "NOTHING, is",
        "CLEARED, is",
        "EXPIRED, is",
        "TOO_SHORT, is",
        "NEWER_FORMAT, is",
        "ANOTHER_TYPE, is",
        "NO_META, is",
    })
    void touch_ofWhatHasChanged_doesNothing(Before before, String seen) {
        BENCHES.each(bench -> {
            before.put(bench);
            Map<String, String> state = bench.state();
            assertThat(touch(bench, seen, 0)).containsExactly(0L);
            assertThat(touch(bench, seen, 60_000)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void touch_afterItsInstant_changesNothing() {
        BENCHES.each(bench -> {
            putLiving(bench, -1);
            Map<String, String> state = bench.state();
            assertThat(touch(bench, bench.now() - 1, "is", 0).get(0)).isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @ParameterizedTest
    @CsvSource({"100000, 600000", "600000, 100000", "100000, -1", "100000, 0"})
    void touch_onAFullServer_works(long before, long millis) {
        BENCHES.each(bench -> {
            putLiving(bench, before);
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThat((Long) touch(bench, "is", millis).get(0)).isPositive();
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            assertThat(bench.life(ENTRY)).isCloseTo(millis == 0 ? -2 : millis, within(millis <= 0 ? 0L : 60_000L));
        });
    }
}
