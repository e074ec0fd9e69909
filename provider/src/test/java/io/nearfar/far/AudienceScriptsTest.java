package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.LOCK;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Envelope;
import io.nearfar.invalidation.ChangeMessage;
import io.nearfar.invalidation.Wire;
import io.nearfar.testing.RespClient;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scripts of changes tell those who listen on other nodes, and that they tell nothing else. */
class AudienceScriptsTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final long NODE = 0x6e6f646531323334L;
    private static final List<String> ALONE = List.of(ENTRY, META, CHAIN, LOCK, TAGS);
    private static final List<String> AMONG_MANY = List.of(META, CHAIN, TAGS, ENTRY);

    /** The command that publishes, with who listens behind it, as Audience says it. */
    private static byte[] publishing(boolean oldValues, String channel) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("PUBLISH\n" + (oldValues ? "3" : "1")).getBytes(UTF_8));
        out.writeBytes(Numbers.bytes(NODE));
        out.writeBytes(channel.getBytes(UTF_8));
        return out.toByteArray();
    }

    private static void run(ScriptBench bench, Object publish, Script script, List<String> keys, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("EVAL", script.text(), keys.size()));
        words.addAll(keys);
        words.addAll(List.of(bench.inTime(), Numbers.bytes(ME.nonce()), publish));
        words.addAll(Arrays.asList(arguments));
        bench.call(words.toArray());
    }

    private static void change(ScriptBench bench, Object publish, String script, int lifetime, int since) {
        byte[] tail = Envelope.tail(null, "new".getBytes(UTF_8));
        byte[] key = Wire.text("k");
        byte[] head = Envelope.head(null);
        Object[] arguments = switch (script) {
            case "WRITE" ->
                new Object[] {
                    CHANNEL, Wire.text("c"), key, "always", lifetime, lifetime, "0", "", 0, head, tail, since, ""
                };
            case "REMOVE" -> new Object[] {CHANNEL, Wire.text("c"), key, "always", "0", "", 0, ""};
            case "WRITE_ALL" -> {
                String millis = String.valueOf(lifetime);
                RandomWrite write = new RandomWrite("always", millis, millis, "0", head, tail, since);
                yield new Batch().here().write(ENTRY, LOCK, "k", write).arguments(Script.WRITE_ALL);
            }
            default ->
                new Batch().here().remove(ENTRY, LOCK, "k", "always", "0").arguments(Script.REMOVE_ALL);
        };
        run(bench, publish, Script.valueOf(script), script.endsWith("_ALL") ? AMONG_MANY : ALONE, arguments);
    }

    /** Returns what comes by a channel while something is done, up to a mark that follows it. */
    private static List<byte[]> told(ScriptBench bench, String channel, Runnable work) {
        List<byte[]> told = new ArrayList<>();
        try (RespClient ear = bench.redis().connect()) {
            ear.call("SUBSCRIBE", channel);
            work.run();
            bench.call("PUBLISH", channel, "mark");
            for (byte[] next = message(ear); !"mark".equals(new String(next, UTF_8)); next = message(ear)) {
                told.add(next);
            }
        }
        return told;
    }

    private static byte[] message(RespClient ear) {
        return (byte[]) ScriptBench.list(ear.next()).get(2);
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE,      NOTHING,     -1, CREATED,             true,  false",
        "WRITE,      PLACEHOLDER, -1, CREATED,             true,  false",
        "WRITE,      ENTRY_THERE, -1, UPDATED,             true,  true",
        "WRITE,      ENTRY_THERE, 0,  UPDATED_AND_EXPIRED, true,  true",
        "WRITE,      NOTHING,     0,  ,                    false, false",
        "WRITE_ALL,  NOTHING,     -1, CREATED,             true,  false",
        "WRITE_ALL,  ENTRY_THERE, -1, UPDATED,             true,  true",
        "WRITE_ALL,  ENTRY_THERE, 0,  UPDATED_AND_EXPIRED, true,  true",
        "WRITE_ALL,  NOTHING,     0,  ,                    false, false",
        "REMOVE,     ENTRY_THERE, -1, REMOVED,             false, true",
        "REMOVE,     NOTHING,     -1, ,                    false, false",
        "REMOVE,     PLACEHOLDER, -1, ,                    false, false",
        "REMOVE_ALL, ENTRY_THERE, -1, REMOVED,             false, true",
        "REMOVE_ALL, NOTHING,     -1, ,                    false, false",
    })
    void change_isTold_withWhatIsThereAndWhatWas(
            String script,
            Before before,
            int lifetime,
            ChangeMessage.@Nullable Kind kind,
            boolean hasNew,
            boolean hasOld) {
        BENCHES.each(bench -> {
            for (boolean oldValues : new boolean[] {true, false}) {
                for (String channel : List.of(":heard", "{t}:heard")) {
                    bench.reset();
                    before.put(bench);
                    List<byte[]> told = told(
                            bench,
                            "{t}:heard",
                            () -> change(bench, publishing(oldValues, channel), script, lifetime, 0));
                    assertThat(told).hasSize(kind == null ? 0 : 1);
                    if (kind != null) {
                        assertTold(told.get(0), kind, hasNew, hasOld && oldValues, bench);
                    }
                }
            }
        });
    }

    private static void assertTold(
            byte[] bytes, ChangeMessage.Kind kind, boolean hasNew, boolean hasOld, ScriptBench bench) {
        ChangeMessage message = Objects.requireNonNull(ChangeMessage.read(bytes));
        assertThat(message.kind()).isEqualTo(kind);
        assertThat(message.node()).isEqualTo(NODE);
        assertThat(message.version()).isEqualTo(bench.chain());
        assertThat(message.cache()).isEqualTo("c");
        assertThat(message.text()).isEqualTo("k");
        assertThat(value(message.after())).isEqualTo(hasNew ? "new" : null);
        assertThat(message.before() != null).isEqualTo(hasOld);
        if (kind == ChangeMessage.Kind.CREATED || kind == ChangeMessage.Kind.UPDATED) {
            assertThat(message.after()).isEqualTo(bench.call("GET", ENTRY));
        }
    }

    private static @Nullable String value(byte @Nullable [] envelope) {
        return envelope == null
                ? null
                : new String(Objects.requireNonNull(Envelope.read(envelope)).value(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"WRITE", "WRITE_ALL", "REMOVE", "REMOVE_ALL"})
    void change_whereNobodyListens_isToldToNobody(String script) {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            assertThat(told(bench, "{t}:heard", () -> change(bench, "PUBLISH", script, -1, 0)))
                    .isEmpty();
        });
    }
}
