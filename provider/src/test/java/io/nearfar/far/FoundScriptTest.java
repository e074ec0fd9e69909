package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** found.lua and beat.lua. */
class FoundScriptTest {
    private static final Version NOWHERE = new Version(0, 0);

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> found(ScriptBench bench) {
        return bench.run(Script.FOUND, List.of(CHAIN), CHANNEL);
    }

    private static void assertBegun(ScriptBench bench, long from) {
        List<Object> reply = found(bench);
        assertThat(reply.get(0)).isEqualTo(1L);
        Version begun = Numbers.version((byte[]) reply.get(1));
        assertThat(begun.stamp()).isBetween(from, bench.now());
        assertThat(begun.nonce()).isEqualTo(ME.nonce());
        assertThat(bench.chain()).isEqualTo(begun);
        assertThat(bench.messages()).containsExactly(new Invalidation(0, NOWHERE, begun, Kind.ENTRIES, "", List.of()));
    }

    @Test
    void found_withoutChain_beginsItAndTellsSo() {
        BENCHES.each(bench -> {
            bench.call("DEL", CHAIN);
            assertBegun(bench, bench.now());
        });
    }

    @Test
    void found_somethingElseInItsPlace_givesWay() {
        BENCHES.each(bench -> {
            bench.call("DEL", CHAIN);
            bench.call("HSET", CHAIN, "field", "value");
            assertBegun(bench, bench.now());
        });
        BENCHES.each(bench -> {
            bench.call("SET", CHAIN, "short");
            assertBegun(bench, bench.now());
        });
    }

    @Test
    void found_chainIsThere_leavesIt() {
        BENCHES.each(bench -> {
            List<Object> reply = found(bench);
            assertThat(reply.get(0)).isEqualTo(0L);
            assertThat(Numbers.version((byte[]) reply.get(1))).isEqualTo(CHAINED);
            assertThat(bench.chain()).isEqualTo(CHAINED);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void found_tooLate_changesNothing() {
        BENCHES.each(bench -> {
            bench.call("DEL", CHAIN);
            List<Object> reply = bench.run(Script.FOUND, bench.now() - 1, List.of(CHAIN), CHANNEL);
            assertThat(reply.get(0)).isEqualTo(-1L);
            assertThat(bench.call("EXISTS", CHAIN)).isEqualTo(0L);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void found_onAFullServer_isAccepted() {
        BENCHES.each(bench -> {
            bench.call("DEL", CHAIN);
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                assertBegun(bench, bench.now());
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
        });
    }

    @Test
    void beat_tellsTheClockAndTheChains() {
        BENCHES.each(bench -> {
            long from = bench.now();
            List<Object> reply = bench.run(Script.BEAT, List.of("{t}:none", CHAIN, "{t}:missing"));
            assertThat((Long) reply.get(0)).isBetween(from, bench.now());
            assertThat(Numbers.version((byte[]) reply.get(1))).isEqualTo(CHAINED);
            assertThat(reply.get(2)).isNull();
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void beat_onAFullServer_isAnswered() {
        BENCHES.each(bench -> {
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                assertThat(bench.run(Script.BEAT, List.of("{t}:none", CHAIN))).hasSize(2);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
        });
    }

    /** It answers reads, with what its master had a while ago: no beat may take that for the truth. */
    @Test
    void beat_onAReplica_isRefused() {
        BENCHES.each(bench -> {
            bench.call("REPLICAOF", "127.0.0.1", "1");
            try {
                assertThatThrownBy(() -> bench.run(Script.BEAT, List.of("{t}:none", CHAIN)))
                        .hasMessageContaining("READONLY");
            } finally {
                bench.call("REPLICAOF", "NO", "ONE");
            }
        });
    }
}
