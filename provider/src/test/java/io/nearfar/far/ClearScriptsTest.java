package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.CLEARED_AT;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.invalidation.Wire;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** clear.lua, recreate.lua, sweep.lua and claim.lua. */
class ClearScriptsTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> clear(ScriptBench bench, long notAfter, String keep) {
        return bench.run(Script.CLEAR, notAfter, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), keep);
    }

    private static List<Object> clear(ScriptBench bench, String keep) {
        return clear(bench, bench.inTime(), keep);
    }

    private static List<Object> recreate(ScriptBench bench) {
        return bench.run(Script.RECREATE, List.of(META, CHAIN), CHANNEL, Wire.text("c"));
    }

    private static void assertCleared(ScriptBench bench, long stamp) {
        Version version = new Version(stamp, ME.nonce());
        assertThat(bench.chain()).isEqualTo(version);
        assertThat(bench.messages()).containsExactly(new Invalidation(0, CHAINED, version, Kind.CLEAR, "c", List.of()));
    }

    @ParameterizedTest
    @CsvSource({"ENTRY_THERE", "NO_META", "META_OF_ANOTHER_TYPE"})
    void clear_raisesTheStampOfTheMeta(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            long from = bench.now();
            List<Object> reply = clear(bench, "1");
            long stamp = (Long) reply.get(1);
            assertThat(reply.get(0)).isEqualTo(1L);
            assertThat(stamp).isBetween(from, bench.now());
            assertThat(bench.clearedAt()).isEqualTo(stamp);
            assertThat(bench.life(META)).isEqualTo(-1);
            assertCleared(bench, stamp);
        });
    }

    /** Another server was the master then, and the chain was lost with it: what was dead stays so. */
    @ParameterizedTest
    @CsvSource({"''", "1000000"})
    void clear_byAClockThatIsBehind_isMadeAboveTheLast(String within) {
        BENCHES.each(bench -> {
            long ahead = bench.now() + 3_600_000_000L;
            bench.call("SET", META, ScriptBench.meta(ahead));
            bench.call("DEL", CHAIN);
            List<Object> reply =
                    bench.run(Script.CLEAR, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), "1", within);
            assertThat(reply).containsExactly(1L, ahead + 1);
            assertThat(bench.clearedAt()).isEqualTo(ahead + 1);
        });
    }

    /** A load that began after the invalidation lies above it, and is to be voided. */
    @Test
    void clear_byAClockThatIsBehind_isMadeAboveTheLastInvalidationOfTags() {
        BENCHES.each(bench -> {
            long ahead = bench.now() + 3_600_000_000L;
            byte[] meta = ScriptBench.meta(CLEARED_AT);
            ByteBuffer.wrap(meta).putLong(9, ahead);
            bench.call("SET", META, meta);
            bench.call("DEL", CHAIN);
            assertThat(clear(bench, "1")).containsExactly(1L, ahead + 1);
        });
    }

    @Test
    void clear_keepsTheStampsOfTags() {
        BENCHES.each(bench -> {
            byte[] meta = ScriptBench.meta(CLEARED_AT);
            ByteBuffer.wrap(meta).putLong(9, 111).putLong(17, 222);
            bench.call("SET", META, meta);
            clear(bench, "1");
            byte[] after = (byte[]) bench.call("GET", META);
            assertThat(Arrays.copyOfRange(after, 9, 25)).isEqualTo(Arrays.copyOfRange(meta, 9, 25));
        });
    }

    /** After an outage the first node clears; those that come back a little later find that done. */
    @ParameterizedTest
    @CsvSource({"ENTRY_THERE, 10, 1", "NO_META, 10, 1", "ENTRY_THERE, 10000000000000000, 0"})
    void clear_thatWasMadeWithinTheTimeGiven_isNotMadeAgain(Before before, long within, long cleared) {
        BENCHES.each(bench -> {
            before.put(bench);
            List<Object> reply =
                    bench.run(Script.CLEAR, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), "1", within);
            assertThat(reply.get(0)).isEqualTo(cleared);
            assertThat(bench.messages()).hasSize((int) cleared);
            assertThat(bench.clearedAt()).isEqualTo(reply.get(1));
        });
    }

    @Test
    void clear_thatKeepsNothing_leavesNoMeta() {
        BENCHES.each(bench -> {
            long stamp = (Long) clear(bench, "0").get(1);
            assertThat(bench.clearedAt()).isEqualTo(-1);
            assertCleared(bench, stamp);
        });
    }

    @Test
    void clear_afterItsInstant_changesNothing() {
        BENCHES.each(bench -> {
            Map<String, String> state = bench.state();
            assertThat(clear(bench, bench.now() - 1, "1").get(0)).isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"ENTRY_THERE, 1", "NO_META, 1", "ENTRY_THERE, 0", "NO_META, 0"})
    void clear_onAFullServer_clears(Before before, String keep) {
        BENCHES.each(bench -> {
            before.put(bench);
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThat(clear(bench, keep).get(0)).isEqualTo(1L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            assertThat(bench.messages()).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"NO_META", "META_OF_ANOTHER_TYPE"})
    void recreate_ofAMissingMeta_clears(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            List<Object> reply = recreate(bench);
            assertThat(reply.get(0)).isEqualTo(1L);
            assertThat(bench.clearedAt()).isEqualTo(reply.get(1));
            assertCleared(bench, (Long) reply.get(1));
        });
    }

    @Test
    void recreate_ofAMetaThatIsThere_doesNothing() {
        BENCHES.each(bench -> {
            Map<String, String> state = bench.state();
            assertThat(recreate(bench)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    private static List<Object> sweep(ScriptBench bench, String destroyed) {
        return bench.run(
                Script.SWEEP, List.of(META, CHAIN, ENTRY, "{t}:e:c:absent"), CHANNEL, Wire.text("c"), destroyed);
    }

    @ParameterizedTest
    @CsvSource({
        "CLEARED,      1",
        "ENTRY_THERE,  0",
        "PLACEHOLDER,  0",
        "EXPIRED,      0",
        "NEWER_FORMAT, 0",
        "TOO_SHORT,    0",
        "ANOTHER_TYPE, 0",
        "NOTHING,      0",
    })
    void sweep_deletesOnlyWhatAClearHasLeft(Before before, long deleted) {
        BENCHES.each(bench -> {
            before.put(bench);
            Map<String, String> state = bench.state();
            assertThat(sweep(bench, "0")).containsExactly(deleted);
            if (deleted == 1) {
                state.remove(ENTRY);
            }
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    /** Nodes may hold copies of what dies with its meta: they are told before it is deleted. */
    @ParameterizedTest
    @CsvSource({"NO_META", "META_OF_ANOTHER_TYPE"})
    void sweep_withoutMeta_clearsAndDeletes(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            assertThat(sweep(bench, "0")).containsExactly(1L);
            assertThat(bench.life(ENTRY)).isEqualTo(-2);
            assertCleared(bench, bench.clearedAt());
        });
    }

    @Test
    void sweep_ofADestroyedCache_deletesAndTellsNobody() {
        BENCHES.each(bench -> {
            Before.NO_META.put(bench);
            Map<String, String> state = bench.state();
            assertThat(sweep(bench, "1")).containsExactly(1L);
            state.remove(ENTRY);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void sweep_withoutMetaOnAFullServer_deletes() {
        BENCHES.each(bench -> {
            Before.NO_META.put(bench);
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThat(sweep(bench, "0")).containsExactly(1L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            assertCleared(bench, bench.clearedAt());
        });
    }

    @Test
    void sweep_afterItsInstant_changesNothing() {
        BENCHES.each(bench -> {
            Before.NO_META.put(bench);
            Map<String, String> state = bench.state();
            assertThat(bench.run(Script.SWEEP, bench.now() - 1, List.of(META, CHAIN, ENTRY), CHANNEL, Wire.text("c"))
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void claim_isGivenToOneAndKeptByIt() {
        BENCHES.each(bench -> {
            List<String> right = List.of("{t}:s:c");
            assertThat(bench.run(Script.CLAIM, right, "me", 60_000)).containsExactly(1L);
            assertThat(bench.run(Script.CLAIM, right, "you", 60_000)).containsExactly(0L);
            assertThat(bench.run(Script.CLAIM, right, "me", 600_000)).containsExactly(1L);
            assertThat(bench.life("{t}:s:c")).isBetween(540_000L, 600_000L);
            assertThat(bench.run(Script.CLAIM, right, "you", 0)).containsExactly(0L);
            assertThat(bench.life("{t}:s:c")).isPositive();
            assertThat(bench.run(Script.CLAIM, right, "me", 0)).containsExactly(0L);
            assertThat(bench.run(Script.CLAIM, right, "you", 60_000)).containsExactly(1L);
        });
    }

    /** Or nothing would be swept just where room is wanted. */
    @Test
    void claim_onAFullServer_isGiven() {
        BENCHES.each(bench -> {
            List<String> right = List.of("{t}:s:full");
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                assertThat(bench.run(Script.CLAIM, right, "me", 60_000)).containsExactly(1L);
                assertThat(bench.life("{t}:s:full")).isBetween(1L, 60_000L);
                assertThat(bench.run(Script.CLAIM, right, "you", 60_000)).containsExactly(0L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
                bench.call("DEL", "{t}:s:full");
            }
        });
    }
}
