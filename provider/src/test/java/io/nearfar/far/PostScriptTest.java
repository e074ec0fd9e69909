package io.nearfar.far;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** post.lua. */
class PostScriptTest {
    private static final String ONE = "{t}:t:one";
    private static final String OTHER = "{t}:t:other";
    private static final List<String> BOTH = List.of(ONE, OTHER);
    private static final String ME = "0123456789abcdef";
    private static final String YOU = "fedcba9876543210";

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<String> texts(List<Object> reply) {
        return reply.stream()
                .map(part -> part instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(part))
                .toList();
    }

    @Test
    void post_putsUpAndReturnsWhatAnotherNodeHad() {
        BENCHES.each(bench -> {
            assertThat(texts(bench.run(Script.POST, BOTH, ME, 60_000, "a", "b")))
                    .containsExactly("0", "", "");
            assertThat(texts(bench.run(Script.POST, BOTH, ME, 600_000, "c", "d")))
                    .containsExactly("0", "", "");
            assertThat(bench.life(ONE)).isBetween(540_000L, 600_000L);
            assertThat(texts(bench.run(Script.POST, List.of(OTHER), YOU, 60_000, "e")))
                    .containsExactly("0", ME + "d");
            assertThat(texts(bench.run(Script.POST, BOTH, ME, 60_000, "a", "b")))
                    .containsExactly("0", "", YOU + "e");
        });
    }

    @Test
    void takingDown_leavesWhatIsAnotherNodes() {
        BENCHES.each(bench -> {
            bench.run(Script.POST, List.of(ONE), ME, 60_000, "a");
            bench.run(Script.POST, List.of(OTHER), YOU, 60_000, "b");
            bench.run(Script.POST, BOTH, ME, 0);
            assertThat(bench.state()).containsKey(OTHER).doesNotContainKey(ONE);
        });
    }

    @Test
    void post_tooLate_changesNothing() {
        BENCHES.each(bench -> {
            Map<String, String> state = bench.state();
            assertThat(bench.run(Script.POST, bench.now() - 1, BOTH, ME, 60_000, "a", "b")
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }
}
