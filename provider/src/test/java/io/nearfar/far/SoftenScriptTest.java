package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** soften.lua on a real server: state before, arguments, reply, state after. */
class SoftenScriptTest {
    private static final long GRACE = 3_600_000;
    private static final long LIFE = 60_000_000;
    private static final long LOAD = 1;

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> soften(ScriptBench bench, long windowMicros) {
        return bench.run(
                Script.SOFTEN,
                List.of(ENTRY, META, CHAIN, TAGS),
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                windowMicros);
    }

    private static List<Object> lease(ScriptBench bench) {
        return bench.run(
                Script.LEASE,
                List.of(ENTRY, META, CHAIN, TAGS),
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                60_000,
                Envelope.placeholderHead(),
                Envelope.placeholderTail(),
                "",
                "");
    }

    private static void live(ScriptBench bench, long grace) {
        bench.call("SET", ENTRY, ScriptBench.graced(STORED, bench.now() + LIFE, grace, "old"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void liveEntry_hasEnded_isKeptAndTold(long window) {
        BENCHES.each(bench -> {
            live(bench, GRACE);
            List<Object> reply = soften(bench, window);
            assertThat(reply.subList(0, 2)).containsExactly(2L, 1L);
            Envelope kept = bench.read(ENTRY);
            assertThat(kept.version()).isEqualTo(new Version((Long) reply.get(2), ME.nonce()));
            assertThat(kept.expires()).isBetween(kept.version().stamp() - 60_000_000, bench.now() - window);
            assertThat(bench.life(ENTRY)).isBetween(GRACE - 60_000, GRACE + 1 - window / 1000);
            assertThat((byte[]) bench.call("GET", CHAIN)).isEqualTo(ScriptBench.bytes(kept.version()));
            assertThat(new String((byte[]) lease(bench).get(2), ISO_8859_1)).contains("old");
        });
    }

    @Test
    void entryWithoutAGrace_orWithOneThatIsNoLongerThanTheWindow_goes() {
        BENCHES.each(bench -> {
            live(bench, 0);
            assertThat(soften(bench, 0).get(1)).isEqualTo(1L);
            assertThat(bench.call("EXISTS", ENTRY)).isEqualTo(0L);
            bench.call("SET", CHAIN, ScriptBench.bytes(ScriptBench.CHAINED));
            live(bench, 1_000);
            assertThat(soften(bench, 1_000_000).get(1)).isEqualTo(1L);
            assertThat(bench.call("EXISTS", ENTRY)).isEqualTo(0L);
        });
    }

    @Test
    void nothing_isToldAllTheSame() {
        BENCHES.each(bench -> {
            List<Object> reply = soften(bench, 0);
            assertThat(reply.subList(0, 2)).containsExactly(2L, 0L);
            assertThat((byte[]) bench.call("GET", CHAIN))
                    .isEqualTo(ScriptBench.bytes(new Version((Long) reply.get(2), ME.nonce())));
        });
    }

    /** A load that began before stores nothing, and what it would have fallen back to is still there. */
    @Test
    void placeholder_givesWayToWhatItKeeps() {
        BENCHES.each(bench -> {
            bench.call("SET", ENTRY, ScriptBench.graced(STORED, bench.now() - 1, GRACE, "old"), "PX", GRACE);
            List<Object> granted = lease(bench);
            assertThat(granted.get(0)).isEqualTo(LOAD);
            Version version = new Version((Long) granted.get(1), ME.nonce());
            assertThat(soften(bench, 0).get(1)).isEqualTo(0L);
            assertThat(bench.read(ENTRY).placeholder()).isFalse();
            assertThat(bench.run(Script.RENEW, List.of(ENTRY, META, TAGS), ScriptBench.bytes(version), 60_000))
                    .containsExactly(0L);
            List<Object> next = lease(bench);
            assertThat(next.get(0)).isEqualTo(LOAD);
            assertThat(new String((byte[]) next.get(2), ISO_8859_1)).contains("old");
        });
    }

    @Test
    void placeholderThatKeepsNothing_goes() {
        BENCHES.each(bench -> {
            assertThat(lease(bench).get(0)).isEqualTo(LOAD);
            soften(bench, 0);
            assertThat(bench.call("EXISTS", ENTRY)).isEqualTo(0L);
        });
    }
}
