package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.OTHER;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** refresh.lua. */
class RefreshScriptTest {
    private static final String RIGHT = "{t}:r:c:k";

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> ask(ScriptBench bench, Version seen, long token) {
        return bench.run(
                Script.REFRESH,
                List.of(ENTRY, META, CHAIN, TAGS, RIGHT),
                ScriptBench.bytes(seen),
                Numbers.bytes(token),
                60_000);
    }

    @Test
    void refresh_ofAnEntry_isGrantedToOne_whoMayProlongIt() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            assertThat(ask(bench, STORED, 1)).containsExactly(1L, CHAINED.stamp() + 1);
            assertThat(bench.life(RIGHT)).isBetween(1L, 60_000L);
            bench.call("PEXPIRE", RIGHT, 10_000);
            assertThat(ask(bench, STORED, 2)).containsExactly(0L);
            assertThat(bench.life(RIGHT)).isBetween(1L, 10_000L);
            assertThat(ask(bench, STORED, 1).get(0)).isEqualTo(1L);
            assertThat(bench.life(RIGHT)).isBetween(10_001L, 60_000L);
            assertThat(bench.chain()).isEqualTo(CHAINED);
            assertThat(bench.messages()).isEmpty();
        });
    }

    /** Nobody gives the right over the write before it back. */
    @Test
    void refresh_ofTheNextWrite_isGranted() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            ask(bench, STORED, 1);
            bench.call("SET", ENTRY, ScriptBench.entry(OTHER, 0, "new"));
            assertThat(ask(bench, STORED, 1)).containsExactly(0L);
            assertThat(ask(bench, OTHER, 2).get(0)).isEqualTo(1L);
        });
    }

    @ParameterizedTest
    @EnumSource(value = Before.class, mode = EnumSource.Mode.EXCLUDE, names = "ENTRY_THERE")
    void refresh_ofWhatIsNotThere_isRefused(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            Map<String, String> state = bench.state();
            assertThat(ask(bench, STORED, 1)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }
}
