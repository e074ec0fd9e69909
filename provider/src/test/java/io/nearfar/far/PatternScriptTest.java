package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.STORED;
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

    private static final String ABSENT = "{t}:u:c:0";

    private static List<Object> tell(ScriptBench bench, long notAfter, String pattern) {
        return bench.run(
                Script.PATTERN, notAfter, List.of(META, CHAIN, ABSENT), CHANNEL, Wire.text("c"), Wire.text(pattern));
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
            assertThat(bench.state()).doesNotContainKey(ABSENT);
        });
    }

    @Test
    void pattern_ofACacheWithoutMeta_becomesAClear() {
        BENCHES.each(bench -> {
            bench.call("DEL", META);
            List<Object> reply = tell(bench, bench.inTime(), "*");
            assertThat(bench.clearedAt()).isEqualTo(reply.get(1));
            assertThat(bench.messages()).extracting(Invalidation::kind).containsExactly(Kind.CLEAR);
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
