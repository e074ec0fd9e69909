package io.nearfar.far;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PieceScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final String UPLOAD = "{t}:u:c:1";

    /** Whichever comes first: what is missing is zeros, and all of it expires. */
    @Test
    void pieces_gatherInAnyOrder() {
        BENCHES.each(bench -> {
            assertThat(bench.run(Script.PIECE, List.of(UPLOAD), 4, "cd", 30_000))
                    .containsExactly(1L);
            assertThat(bench.call("GET", UPLOAD)).isEqualTo("\0\0\0\0cd".getBytes(UTF_8));
            assertThat(bench.run(Script.PIECE, List.of(UPLOAD), 2, "ab", 60_000))
                    .containsExactly(1L);
            assertThat(bench.call("GET", UPLOAD)).isEqualTo("\0\0abcd".getBytes(UTF_8));
            assertThat(bench.life(UPLOAD)).isBetween(30_001L, 60_000L);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void piece_thatComesTooLate_changesNothing() {
        BENCHES.each(bench -> {
            Map<String, String> state = bench.state();
            assertThat(bench.run(Script.PIECE, bench.now() - 1, List.of(UPLOAD), 4, "cd", 30_000)
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }
}
