package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.OTHER;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TouchAllScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> touch(ScriptBench bench, String seen, long expires) {
        return bench.run(Script.TOUCH_ALL, List.of(META, TAGS, ENTRY), 1, ScriptBench.condition(seen), expires);
    }

    /** Puts an entry that ends then; 0 for never. */
    private static void put(ScriptBench bench, String key, long expires) {
        bench.call("SET", key, ScriptBench.entry(STORED, expires, "old"));
        if (expires != 0) {
            bench.call("PEXPIREAT", key, (expires + 999) / 1000);
        }
    }

    private static void assertEnds(ScriptBench bench, String key, long expires) {
        assertThat(bench.read(key).expires()).isEqualTo(expires == 0 ? Entry.NEVER : expires);
        long life = bench.life(key);
        if (expires == 0) {
            assertThat(life).isEqualTo(-1);
        } else {
            long left = (expires - bench.now()) / 1000;
            assertThat(life).isBetween(left, left + 2_000);
        }
    }

    /** Seconds from now to the end before, to the end asked for and to the end after; 0 for never. */
    @ParameterizedTest
    @CsvSource({"10, 60, 60", "10, 0, 0", "60, 10, 60", "60, 60, 60", "0, 60, 0", "0, 0, 0"})
    void touchAll_movesAnEndBackAndNeverForwardAndTellsNobody(long before, long asked, long after) {
        BENCHES.each(bench -> {
            long now = bench.now();
            put(bench, ENTRY, at(now, before));
            assertThat(touch(bench, "is", at(now, asked))).containsExactly(0L, 1L);
            assertEnds(bench, ENTRY, at(now, after));
            Envelope entry = bench.read(ENTRY);
            assertThat(entry.version()).isEqualTo(STORED);
            assertThat(entry.created()).isEqualTo(77);
            assertThat(new String(entry.value(), UTF_8)).isEqualTo("old");
            assertThat(bench.chain()).isEqualTo(CHAINED);
            assertThat(bench.messages()).isEmpty();
        });
    }

    private static long at(long now, long seconds) {
        return seconds == 0 ? 0 : now + seconds * 1_000_000;
    }

    @ParameterizedTest
    @EnumSource(value = Before.class, mode = EnumSource.Mode.EXCLUDE, names = "ENTRY_THERE")
    void touchAll_ofWhatIsNoEntry_changesNothingAndSaysSo(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            assertUnchanged(bench, "is");
        });
    }

    @Test
    void touchAll_ofAnotherVersion_changesNothingAndSaysSo() {
        BENCHES.each(bench -> {
            put(bench, ENTRY, bench.now() + 10_000_000);
            assertUnchanged(bench, "is-other");
        });
    }

    private static void assertUnchanged(ScriptBench bench, String seen) {
        Map<String, String> state = bench.state();
        assertThat(touch(bench, seen, bench.now() + 60_000_000)).containsExactly(0L, 0L);
        assertThat(touch(bench, seen, 0)).containsExactly(0L, 0L);
        assertThat(bench.state()).isEqualTo(state);
        assertThat(bench.messages()).isEmpty();
    }

    @Test
    void touchAll_overPartitions_keepsThemApart() {
        BENCHES.each(bench -> {
            long now = bench.now();
            put(bench, ENTRY, at(now, 10));
            put(bench, "{t}:e:c:z", at(now, 10));
            put(bench, "{u}:e:c:x", at(now, 10));
            List<String> keys =
                    List.of(META, TAGS, ENTRY, "{t}:e:c:none", "{t}:e:c:z", "{u}:m:c", "{u}:g:c", "{u}:e:c:x");
            byte[] seen = ScriptBench.bytes(STORED);
            Object[] arguments = {3, seen, at(now, 60), seen, 0, ScriptBench.bytes(OTHER), 0, 1, seen, at(now, 60)};
            assertThat(bench.run(Script.TOUCH_ALL, keys, arguments)).containsExactly(0L, 1L, 0L, 0L, 0L);
            assertEnds(bench, ENTRY, at(now, 60));
            assertEnds(bench, "{t}:e:c:z", at(now, 10));
            assertEnds(bench, "{u}:e:c:x", at(now, 10));
            bench.call("SET", "{u}:m:c", ScriptBench.meta(ScriptBench.CLEARED_AT));
            assertThat(bench.run(Script.TOUCH_ALL, keys, arguments)).containsExactly(0L, 1L, 0L, 0L, 1L);
            assertEnds(bench, "{u}:e:c:x", at(now, 60));
        });
    }

    @Test
    void touchAll_afterItsInstant_changesNothing() {
        BENCHES.each(bench -> {
            put(bench, ENTRY, bench.now() + 10_000_000);
            Map<String, String> state = bench.state();
            List<Object> reply = bench.run(
                    Script.TOUCH_ALL, bench.now() - 1, List.of(META, TAGS, ENTRY), 1, ScriptBench.condition("is"), 0);
            assertThat(reply.get(0)).isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @ParameterizedTest
    @CsvSource({"60", "0"})
    void touchAll_onAFullServer_works(long seconds) {
        BENCHES.each(bench -> {
            long now = bench.now();
            put(bench, ENTRY, at(now, 10));
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThat(touch(bench, "is", at(now, seconds))).containsExactly(0L, 1L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            assertEnds(bench, ENTRY, at(now, seconds));
        });
    }
}
