package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.invalidation.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pattern.lua. */
class PatternScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> tell(ScriptBench bench, long notAfter, String pattern) {
        return bench.run(
                Script.PATTERN, notAfter, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), Wire.text(pattern));
    }

    @Test
    void pattern_isTheNextWriteOfTheChain_andIsTold() {
        BENCHES.each(bench -> {
            bench.call("SET", ENTRY, ScriptBench.entry(STORED, 0, "v"));
            long from = bench.now();
            List<Object> reply = tell(bench, bench.inTime(), "feed:ä*");
            Version version = new Version((Long) reply.get(1), ME.nonce());
            assertThat(reply.get(0)).isEqualTo(1L);
            assertThat(version.stamp()).isBetween(from, bench.now());
            assertThat(bench.chain()).isEqualTo(version);
            assertThat(bench.messages())
                    .containsExactly(new Invalidation(0, CHAINED, version, Kind.PATTERN, "c", List.of("feed:ä*")));
            assertThat(bench.read(ENTRY).version()).isEqualTo(STORED);
        });
    }

    @Test
    void pattern_ofACacheWithoutMeta_isTold_andPutsNoneThere() {
        BENCHES.each(bench -> {
            bench.call("DEL", META);
            tell(bench, bench.inTime(), "*");
            assertThat(bench.state()).doesNotContainKey(META);
            assertThat(bench.messages()).extracting(Invalidation::kind).containsExactly(Kind.PATTERN);
        });
    }

    @Test
    void pattern_leavesMetaAndTagTable() {
        BENCHES.each(bench -> {
            bench.call("HSET", TAGS, "t", "12345678");
            Map<String, String> before = bench.state();
            tell(bench, bench.inTime(), "*");
            assertThat(bench.state().get(META)).isEqualTo(before.get(META));
            assertThat(bench.state().get(TAGS)).isEqualTo(before.get(TAGS));
        });
    }

    /** Another server was the master then, and the chain was lost with it. */
    @Test
    void pattern_byAClockThatIsBehind_isToldAboveTheLastClear() {
        BENCHES.each(bench -> {
            long ahead = bench.clearAhead();
            assertThat(tell(bench, bench.inTime(), "*")).containsExactly(1L, ahead + 1);
        });
    }

    @Test
    void pattern_thatIsLate_changesNothing() {
        BENCHES.each(bench -> {
            Map<String, String> before = bench.state();
            assertThat(tell(bench, bench.now() - 1, "*").get(0)).isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(before);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void pattern_onAFullServer_isTold() {
        BENCHES.each(bench -> {
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                assertThat(tell(bench, bench.inTime(), "*").get(0)).isEqualTo(1L);
                assertThat(bench.messages()).hasSize(1);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
        });
    }
}
