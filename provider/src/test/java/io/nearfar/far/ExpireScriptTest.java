package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.CLEARED_AT;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.LOCK;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.OTHER;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.ChangeMessage;
import io.nearfar.invalidation.ChangeMessage.Kind;
import io.nearfar.invalidation.Wire;
import io.nearfar.testing.RespClient;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of entries after their end where somebody listens for that: expire.lua, and what other scripts do that meet one. */
class ExpireScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final String HEARD = "{t}:heard";
    private static final long NODE = 0x6e6f646531323334L;
    private static final long GRACE = 3_600_000;
    private static final long REST = 60_000;
    private static final int OTHERS = Telling.OTHERS | Telling.OLD_VALUES | Telling.EXPIRED_TO_OTHERS;
    static final int ALL = OTHERS | Telling.EXPIRED_TO_US;

    private static byte[] publishing(int wishes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("PUBLISH\n".getBytes(UTF_8));
        out.write('0' + wishes);
        out.writeBytes(Numbers.bytes(NODE));
        out.writeBytes(":heard".getBytes(UTF_8));
        return out.toByteArray();
    }

    private static List<Object> run(
            ScriptBench bench, int wishes, Script script, List<String> keys, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("EVAL", script.text(), keys.size()));
        words.addAll(keys);
        words.addAll(List.of(bench.inTime(), Numbers.bytes(ME.nonce()), wishes == 0 ? "PUBLISH" : publishing(wishes)));
        words.addAll(Arrays.asList(arguments));
        return ScriptBench.list(bench.call(words.toArray()));
    }

    static List<Object> run(ScriptBench bench, int wishes, Script script, Batch batch) {
        return run(bench, wishes, script, batch.keys(), batch.arguments(script));
    }

    static List<Object> expire(ScriptBench bench, int wishes, Version seen) {
        return run(
                bench,
                wishes,
                Script.EXPIRE,
                List.of(META, TAGS, ENTRY),
                Wire.text("c"),
                CHANNEL,
                1,
                ScriptBench.bytes(seen),
                Wire.text("k"));
    }

    static List<Object> change(ScriptBench bench, int wishes, String script, Object condition, int lifetime) {
        byte[] tail = Envelope.tail(null, "new".getBytes(UTF_8));
        byte[] head = Envelope.head(null);
        byte[] cache = Wire.text("c");
        byte[] key = Wire.text("k");
        List<String> alone = List.of(ENTRY, META, CHAIN, LOCK, TAGS);
        String millis = String.valueOf(lifetime);
        RandomWrite write = new RandomWrite(condition, millis, millis, "0", head, tail, 0);
        return switch (script) {
            case "WRITE" ->
                run(
                        bench,
                        wishes,
                        Script.WRITE,
                        alone,
                        CHANNEL,
                        cache,
                        key,
                        condition,
                        lifetime,
                        lifetime,
                        "0",
                        "",
                        0,
                        head,
                        tail,
                        0,
                        "");
            case "WRITE_ALL" ->
                run(bench, wishes, Script.WRITE_ALL, new Batch().here().write(ENTRY, LOCK, "k", write));
            case "REMOVE" -> run(bench, wishes, Script.REMOVE, alone, CHANNEL, cache, key, condition, "0", "", 0, "");
            default ->
                run(bench, wishes, Script.REMOVE_ALL, new Batch().here().remove(ENTRY, LOCK, "k", condition, "0"));
        };
    }

    static List<Object> lease(ScriptBench bench, int wishes) {
        return run(
                bench,
                wishes,
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

    /** Returns what listeners of other nodes are told while something is done. */
    static List<ChangeMessage> told(ScriptBench bench, Runnable work) {
        List<ChangeMessage> told = new ArrayList<>();
        try (RespClient ear = bench.redis().connect()) {
            ear.call("SUBSCRIBE", HEARD);
            work.run();
            bench.call("PUBLISH", HEARD, "mark");
            for (byte[] next = message(ear); !"mark".equals(new String(next, UTF_8)); next = message(ear)) {
                told.add(Objects.requireNonNull(ChangeMessage.read(next)));
            }
        }
        return told;
    }

    private static byte[] message(RespClient ear) {
        return (byte[]) ScriptBench.list(ear.next()).get(2);
    }

    static @Nullable String value(byte @Nullable [] envelope) {
        return envelope == null
                ? null
                : new String(Objects.requireNonNull(Envelope.read(envelope)).value(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void entryAfterItsEnd_isToldOnce_andGoes(boolean oldValues, boolean ours) {
        int wishes = Telling.OTHERS
                | Telling.EXPIRED_TO_OTHERS
                | (oldValues ? Telling.OLD_VALUES : 0)
                | (ours ? Telling.EXPIRED_TO_US : 0);
        BENCHES.each(bench -> {
            Before.EXPIRED.put(bench);
            long end = Objects.requireNonNull(bench.read(ENTRY)).expires();
            List<ChangeMessage> told = told(bench, () -> {
                assertThat(expire(bench, wishes, STORED)).containsExactly(0L, 1L);
                assertThat(expire(bench, wishes, STORED)).containsExactly(0L, 0L);
            });
            assertThat(told).hasSize(1);
            ChangeMessage message = told.get(0);
            assertThat(message.kind()).isEqualTo(Kind.EXPIRED);
            assertThat(message.node()).isEqualTo(NODE);
            assertThat(message.version().stamp()).isEqualTo(end);
            assertThat(message.cache()).isEqualTo("c");
            assertThat(message.text()).isEqualTo("k");
            assertThat(message.after()).isNull();
            assertThat(value(message.before())).isEqualTo(oldValues ? "old" : null);
            assertThat(bench.call("EXISTS", ENTRY)).isEqualTo(0L);
            assertThat(bench.chain()).as("near tiers have nothing to be told").isEqualTo(CHAINED);
        });
    }

    @Test
    void entryInItsGrace_isToldOnce_andStays() {
        BENCHES.each(bench -> {
            byte[] entry = ScriptBench.graced(STORED, bench.now() - 1, GRACE, "old");
            bench.call("SET", ENTRY, entry, "PX", GRACE + REST);
            List<ChangeMessage> told = told(bench, () -> {
                assertThat(expire(bench, OTHERS, STORED)).containsExactly(0L, 1L);
                assertThat(expire(bench, OTHERS, STORED)).containsExactly(0L, 0L);
                change(bench, ALL, "REMOVE", "present", 0);
            });
            assertThat(told).extracting(ChangeMessage::kind).containsExactly(Kind.EXPIRED);
            assertThat(bench.life(ENTRY)).isCloseTo(GRACE, within(30_000L));
            List<Object> kept = bench.run(Script.KEPT, List.of(ENTRY, META, TAGS), "");
            assertThat(value((byte[]) kept.get(1))).isEqualTo("old");
            List<Object> granted = lease(bench, ALL);
            assertThat(granted).as("it was told").hasSize(3);
            assertThat(value((byte[]) granted.get(2))).isEqualTo("old");
        });
    }

    /** Rows of what is not to be told: what lies there, and how. */
    enum Silent {
        ALIVE {
            @Override
            void put(ScriptBench bench) {
                bench.call("SET", ENTRY, ScriptBench.entry(STORED, bench.now() + 60_000_000, "old"));
            }
        },
        CLEARED {
            @Override
            void put(ScriptBench bench) {
                bench.call("SET", ENTRY, ScriptBench.entry(new Version(CLEARED_AT, 11), bench.now() - 1, "old"));
            }
        },
        WITHOUT_META {
            @Override
            void put(ScriptBench bench) {
                Before.EXPIRED.put(bench);
                bench.call("DEL", META);
            }
        },
        NOTHING {
            @Override
            void put(ScriptBench bench) {}
        },
        ANOTHER_WRITE {
            @Override
            void put(ScriptBench bench) {
                bench.call("SET", ENTRY, ScriptBench.entry(OTHER, bench.now() - 1, "old"));
            }
        },
        PLACEHOLDER {
            @Override
            void put(ScriptBench bench) {
                bench.call("SET", ENTRY, ScriptBench.placeholder(STORED, bench.now() - 1));
            }
        },
        TAG_INVALIDATED {
            @Override
            void put(ScriptBench bench) {
                bench.call("SET", ENTRY, ScriptBench.graced(STORED, bench.now() - 1, 1, "old", "t"));
                bench.run(Script.TAG, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), 100, "", "t");
            }
        },
        SOFTENED {
            @Override
            void put(ScriptBench bench) {
                bench.call("SET", ENTRY, ScriptBench.graced(STORED, bench.now() + 60_000_000, GRACE, "old"));
                bench.run(Script.SOFTEN, List.of(ENTRY, META, CHAIN, TAGS), CHANNEL, Wire.text("c"), Wire.text("k"), 0);
            }
        };

        abstract void put(ScriptBench bench);
    }

    @ParameterizedTest
    @EnumSource
    void whatHasNotEndedByItsTime_isNotTold(Silent what) {
        BENCHES.each(bench -> {
            what.put(bench);
            Version seen = what == Silent.SOFTENED
                    ? Objects.requireNonNull(bench.read(ENTRY)).version()
                    : STORED;
            Object before = bench.state();
            assertThat(told(bench, () -> assertThat(expire(bench, ALL, seen)).containsExactly(0L, 0L)))
                    .isEmpty();
            assertThat(bench.state()).isEqualTo(before);
        });
    }

    @Test
    void entryAfterItsEnd_whereNobodyListensForThat_isLeftAlone() {
        BENCHES.each(bench -> {
            Before.EXPIRED.put(bench);
            Object before = bench.state();
            assertThat(told(
                            bench,
                            () -> assertThat(expire(bench, Telling.OTHERS, STORED))
                                    .containsExactly(0L, 0L)))
                    .isEmpty();
            assertThat(bench.state()).isEqualTo(before);
        });
    }

    @Test
    void manyEntries_areToldEach() {
        BENCHES.each(bench -> {
            List<String> keys = Stream.concat(
                            Stream.of(META, TAGS), Stream.of("a", "b", "c").map("{t}:e:c:"::concat))
                    .collect(Collectors.toList());
            bench.call("SET", "{t}:e:c:a", ScriptBench.entry(STORED, bench.now() - 1, "1"));
            bench.call("SET", "{t}:e:c:b", ScriptBench.entry(STORED, 0, "2"));
            bench.call("SET", "{t}:e:c:c", ScriptBench.entry(STORED, bench.now() - 1, "3"));
            byte[] seen = ScriptBench.bytes(STORED);
            List<ChangeMessage> told = told(
                    bench,
                    () -> assertThat(run(
                                    bench,
                                    OTHERS,
                                    Script.EXPIRE,
                                    keys,
                                    Wire.text("c"),
                                    CHANNEL,
                                    3,
                                    seen,
                                    Wire.text("a"),
                                    seen,
                                    Wire.text("b"),
                                    seen,
                                    Wire.text("c")))
                            .containsExactly(0L, 1L, 0L, 1L));
            assertThat(told).extracting(ChangeMessage::text).containsExactly("a", "c");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE,      always,  1, CREATED",
        "WRITE,      absent,  1, CREATED",
        "WRITE,      present, 0,",
        "WRITE_ALL,  always,  1, CREATED",
        "WRITE_ALL,  present, 0,",
        "REMOVE,     always,  2,",
        "REMOVE,     present, 0,",
        "REMOVE_ALL, always,  2,",
        "REMOVE_ALL, present, 0,",
    })
    void change_thatMeetsAnEntryAfterItsEnd_tellsItFirst_andToItsCaller(
            String script, String condition, long status, @Nullable Kind then) {
        BENCHES.each(bench -> {
            for (boolean ours : new boolean[] {true, false}) {
                bench.reset();
                Before.EXPIRED.put(bench);
                List<Object> reply = new ArrayList<>();
                List<ChangeMessage> told =
                        told(bench, () -> reply.addAll(change(bench, ours ? ALL : OTHERS, script, condition, -1)));
                assertThat(told.get(0).kind()).isEqualTo(Kind.EXPIRED);
                assertThat(value(told.get(0).before())).isEqualTo("old");
                assertThat(told)
                        .hasSize(then == null ? 1 : 2)
                        .last()
                        .satisfies(last -> assertThat(last.kind()).isEqualTo(then == null ? Kind.EXPIRED : then));
                boolean many = script.endsWith("_ALL");
                assertThat(many ? new ManyReplies(reply).next().status() : reply.get(0))
                        .isEqualTo(status);
                assertThat(reply).hasSize((many ? 4 : 6) + (!ours ? 0 : many ? 2 : 1));
                if (ours) {
                    assertThat(value((byte[]) reply.get(reply.size() - 1))).isEqualTo("old");
                }
                assertThat(told(bench, () -> change(bench, ALL, "REMOVE", "present", 0)))
                        .filteredOn(each -> each.kind() == Kind.EXPIRED)
                        .isEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lease_thatMeetsAnEntryAfterItsEnd_tellsIt_andKeepsItInItsGrace(boolean inGrace) {
        BENCHES.each(bench -> {
            (inGrace ? Before.IN_GRACE : Before.EXPIRED).put(bench);
            List<Object> reply = new ArrayList<>();
            assertThat(told(bench, () -> reply.addAll(lease(bench, ALL))))
                    .extracting(ChangeMessage::kind)
                    .containsExactly(Kind.EXPIRED);
            assertThat(reply).hasSize(4);
            assertThat(value((byte[]) reply.get(2))).isEqualTo(inGrace ? "old" : null);
            assertThat(value((byte[]) reply.get(3))).isEqualTo("old");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE,     10000, 0,  10000",
        "WRITE,     10000, 1,  10000",
        "WRITE,     10000, 5,  70000",
        "WRITE,     10000, 8,  70000",
        "WRITE_ALL, 10000, 8,  70000",
        "WRITE,     -1,    8,  -1",
        "WRITE,     -2,    8,  160000",
        "WRITE,     -2,    0,  100000",
    })
    void write_whereSomebodyListensForWhatExpires_restsAMinuteAfterItsEnd(
            String script, int lifetime, int wishes, long life) {
        BENCHES.each(bench -> {
            if (lifetime == -2) {
                bench.call("SET", ENTRY, ScriptBench.entry(STORED, bench.now() + 100_000_000, "old"));
            }
            change(bench, wishes, script, "always", lifetime);
            if (life < 0) {
                assertThat(bench.life(ENTRY)).isEqualTo(life);
            } else {
                assertThat(bench.life(ENTRY)).isLessThanOrEqualTo(life + 1).isCloseTo(life, within(9_000L));
            }
        });
    }

    /** Has an entry live for ten seconds from now on. */
    private static void touch(ScriptBench bench, String script, int wishes) {
        bench.call("SET", ENTRY, ScriptBench.entry(STORED, bench.now() + 9_000_000, "old"), "PX", 9_000);
        byte[] seen = ScriptBench.bytes(STORED);
        if ("TOUCH".equals(script)) {
            List<String> keys = List.of(ENTRY, META, CHAIN, TAGS);
            run(bench, wishes, Script.TOUCH, keys, CHANNEL, Wire.text("c"), Wire.text("k"), seen, 10_000);
        } else {
            long end = bench.now() + 10_000_000;
            run(bench, wishes, Script.TOUCH_ALL, List.of(META, TAGS, ENTRY), 1, seen, end);
        }
    }

    @ParameterizedTest
    @CsvSource({"TOUCH, 0, 10000", "TOUCH, 8, 70000", "TOUCH_ALL, 0, 10000", "TOUCH_ALL, 8, 70000"})
    void touch_whereSomebodyListensForWhatExpires_keepsTheRest(String script, int wishes, long life) {
        BENCHES.each(bench -> {
            touch(bench, script, wishes);
            assertThat(bench.life(ENTRY)).isLessThanOrEqualTo(life + 1).isCloseTo(life, within(9_000L));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"WRITE", "WRITE_ALL", "TOUCH", "TOUCH_ALL"})
    void end_isAnnouncedByAKeyBesideTheEntry_whereSomebodyHearsThat(String script) {
        String beside = "{t}:x:c:k";
        BENCHES.each(bench -> {
            for (int wishes : new int[] {Telling.EXPIRED_TO_US, Telling.EXPIRED_TO_US | Telling.ENDS_HEARD}) {
                bench.reset();
                if (script.startsWith("TOUCH")) {
                    touch(bench, script, wishes);
                } else {
                    change(bench, wishes, script, "always", 10_000);
                }
                boolean announced = wishes > Telling.EXPIRED_TO_US;
                if (announced) {
                    assertThat(bench.life(beside)).isLessThanOrEqualTo(10_002).isCloseTo(10_000L, within(9_000L));
                } else {
                    assertThat(bench.life(beside)).isEqualTo(-2);
                }
            }
            bench.reset();
            lease(bench, ALL | Telling.ENDS_HEARD);
            assertThat(bench.life(beside)).as("that of a load is no end").isEqualTo(-2);
            change(bench, ALL | Telling.ENDS_HEARD, "WRITE", "always", -1);
            assertThat(bench.life(beside)).as("there is none").isEqualTo(-2);
        });
    }

    @Test
    void access_thatEndsAnEntry_isToldAsItsEnd() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            List<String> keys = List.of(ENTRY, META, CHAIN, TAGS);
            byte[] seen = ScriptBench.bytes(STORED);
            List<ChangeMessage> told = told(
                    bench, () -> run(bench, ALL, Script.TOUCH, keys, CHANNEL, Wire.text("c"), Wire.text("k"), seen, 0));
            assertThat(told).extracting(ChangeMessage::kind).containsExactly(Kind.EXPIRED);
            assertThat(value(told.get(0).before())).isEqualTo("old");
        });
    }

    @Test
    void longEntry_isToldWithoutItsValue_andNotToItsCaller() {
        BENCHES.each(bench -> {
            byte[] entry = ScriptBench.entry(STORED, bench.now() - 1, "o".repeat(Caution.LARGE));
            bench.call("SET", ENTRY, entry);
            List<Object> reply = new ArrayList<>();
            List<ChangeMessage> told = told(bench, () -> reply.addAll(change(bench, ALL, "WRITE", "always", -1)));
            assertThat(told).extracting(ChangeMessage::kind).containsExactly(Kind.EXPIRED, Kind.CREATED);
            assertThat(told.get(0).before()).isNull();
            assertThat(reply).hasSize(6);
        });
    }
}
