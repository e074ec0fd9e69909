package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.OTHER;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** absent.lua, and what the other scripts of loads make of what it leaves. */
class AbsentScriptTest {
    private static final Attributes TAGGED = Attributes.of(List.of("red"), Attributes.AS_CONFIGURED);

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> absent(ScriptBench bench, Version version) {
        return bench.run(
                Script.ABSENT,
                List.of(ENTRY, META, TAGS),
                ScriptBench.bytes(version),
                60_000,
                Envelope.absenceHead(TAGGED),
                Envelope.absenceTail(TAGGED));
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
                "");
    }

    @Test
    void absent_ofAPlaceholder_takesItsPlaceAndVersion() {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            long from = bench.now();
            assertThat(absent(bench, STORED)).containsExactly(1L);

            Envelope known = bench.read(ENTRY);
            assertThat(known.placeholder()).isTrue();
            assertThat(known.version()).isEqualTo(STORED);
            assertThat(known.attributes()).isEqualTo(TAGGED);
            assertThat(known.created()).isBetween(from, bench.now());
            assertThat(known.expires()).isEqualTo(known.created() + 60_000_000);
            assertThat(bench.life(ENTRY)).isBetween(1L, 60_000L);
            assertThat(bench.chain()).isEqualTo(CHAINED);
            assertThat(bench.messages()).isEmpty();

            assertThat(lease(bench)).satisfies(reply -> {
                assertThat(reply.get(0)).isEqualTo(3L);
                assertThat((byte[]) reply.get(1)).isEqualTo(ScriptBench.bytes(STORED));
                assertThat(reply.get(2)).isEqualTo(CHAINED.stamp() + 1);
            });
        });
    }

    /** Or the placeholder would stay, and all who ask for the key would wait for a load that has ended. */
    @Test
    void absent_onAFullServer_takesThePlace() {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                assertThat(absent(bench, STORED)).containsExactly(1L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
            assertThat(lease(bench).get(0)).isEqualTo(3L);
        });
    }

    @ParameterizedTest
    @EnumSource(value = Before.class, mode = EnumSource.Mode.EXCLUDE, names = "PLACEHOLDER")
    void absent_withoutThePlaceholder_changesNothing(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            Map<String, String> state = bench.state();
            assertThat(absent(bench, STORED)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void absent_ofAnothersPlaceholder_changesNothing() {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            Map<String, String> state = bench.state();
            assertThat(absent(bench, OTHER)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    /** A renewal that was under way when the load ended. */
    @Test
    void renew_ofWhatIsAbsent_changesNothing() {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            absent(bench, STORED);
            Map<String, String> state = bench.state();
            assertThat(bench.run(Script.RENEW, List.of(ENTRY, META, TAGS), ScriptBench.bytes(STORED), 90_000))
                    .containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void invalidationOfATag_endsIt() {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            absent(bench, STORED);
            bench.run(Script.TAG, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), 100, "", "red");
            assertThat(lease(bench).get(0)).isEqualTo(1L);
        });
    }
}
