package io.nearfar.far;

import static io.nearfar.far.ExpireScriptTest.ALL;
import static io.nearfar.far.ExpireScriptTest.change;
import static io.nearfar.far.ExpireScriptTest.expire;
import static io.nearfar.far.ExpireScriptTest.lease;
import static io.nearfar.far.ExpireScriptTest.told;
import static io.nearfar.far.ExpireScriptTest.value;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.invalidation.ChangeMessage;
import io.nearfar.invalidation.ChangeMessage.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever changes a key tells the end of what was there again, for a moment. */
class EndsToldAgainScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    @ParameterizedTest
    @ValueSource(strings = {"WRITE", "WRITE_ALL"})
    void endThatWasToldAMomentAgo_isToldAgainBeforeWhatTakesItsPlace(String script) {
        BENCHES.each(bench -> {
            Before.EXPIRED.put(bench);
            long end = Objects.requireNonNull(bench.read(ENTRY)).expires();
            assertThat(expire(bench, ALL, STORED)).containsExactly(0L, 1L);
            List<List<Object>> replies = new ArrayList<>();
            List<ChangeMessage> told = told(bench, () -> replies.add(change(bench, ALL, script, "always", 60_000)));
            assertThat(told).extracting(ChangeMessage::kind).containsExactly(Kind.EXPIRED, Kind.CREATED);
            assertThat(told.get(0).version().stamp())
                    .isEqualTo(end)
                    .isLessThan(told.get(1).version().stamp());
            assertThat(value(told.get(0).before())).isEqualTo("old");
            List<Object> reply = replies.get(0);
            assertThat(value((byte[]) reply.get(reply.size() - 1))).isEqualTo("old");
            assertThat(bench.life(ENTRY.replace("}:e:", "}:o:"))).isBetween(0L, 2_000L);
        });
    }

    @Test
    void endThatWasTold_isNotToldAgainToThoseWhoOnlyLook() {
        BENCHES.each(bench -> {
            Before.EXPIRED.put(bench);
            assertThat(expire(bench, ALL, STORED)).containsExactly(0L, 1L);
            assertThat(told(bench, () -> {
                        assertThat(change(bench, ALL, "WRITE", "present", 60_000))
                                .hasSize(6);
                        assertThat(lease(bench, ALL)).hasSize(2);
                    }))
                    .isEmpty();
        });
    }

    @Test
    void whatLiesThereAndIsNoEntry_isToldToNobody() {
        BENCHES.each(bench -> {
            bench.call("SET", ENTRY.replace("}:e:", "}:o:"), "x");
            List<ChangeMessage> told = told(
                    bench,
                    () -> assertThat(change(bench, ALL, "WRITE", "always", 60_000)
                                    .get(0))
                            .isEqualTo(1L));
            assertThat(told).extracting(ChangeMessage::kind).containsExactly(Kind.CREATED);
        });
    }
}
