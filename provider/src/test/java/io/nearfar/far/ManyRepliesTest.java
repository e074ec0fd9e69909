package io.nearfar.far;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Envelope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the scripts of many keys reply, where keys differ. */
class ManyRepliesTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final int KEYS = 6;

    private static String key(int i) {
        return "{t}:e:c:k" + i;
    }

    private static RandomWrite write(String condition, String want) {
        byte[] tail = Envelope.tail(null, "new".getBytes(UTF_8));
        return new RandomWrite(condition, "-1", "60000", want, Envelope.head(null), tail, 0);
    }

    private static String value(byte[] envelope) {
        return new String(Envelope.read(envelope).value(), UTF_8);
    }

    /** Odd keys hold what lives, key 2 what has ended and is told; every second entry that lives is wanted. */
    private static List<Object> replied(ScriptBench bench, Script script) {
        long now = bench.now();
        Before.ENTRY_THERE.put(bench);
        Batch batch = new Batch().here();
        for (int i = 0; i < KEYS; i++) {
            if (i % 2 == 1 || i == 2) {
                bench.call("SET", key(i), ScriptBench.entry(ScriptBench.STORED, i == 2 ? now - 1 : 0, "old" + i));
            }
            String want = i % 4 == 3 ? "1" : "0";
            if (script == Script.WRITE_ALL) {
                batch.write(key(i), ScriptBench.LOCK, "k" + i, write(i == 5 ? "absent" : "always", want));
            } else {
                batch.remove(key(i), ScriptBench.LOCK, "k" + i, i == 4 ? "present" : "always", want);
            }
        }
        return ExpireScriptTest.run(bench, ExpireScriptTest.ALL, script, batch);
    }

    private static List<Told> told(ManyReplies replies) {
        return IntStream.range(0, KEYS).mapToObj(i -> replies.next()).toList();
    }

    private static Map<Integer, String> ended(ManyReplies replies) {
        Map<Integer, String> ended = new LinkedHashMap<>();
        replies.forEachEnded((i, entry) -> ended.put(i, value((byte[]) entry)));
        return ended;
    }

    private static Map<Integer, String> met(List<Told> told) {
        Map<Integer, String> met = new LinkedHashMap<>();
        for (int i = 0; i < told.size(); i++) {
            byte[] entry = told.get(i).met();
            if (entry != null) {
                met.put(i, value(entry));
            }
        }
        return met;
    }

    @Test
    void eachKeyOfAWrite_isToldWhatBecameOfIt() {
        BENCHES.each(bench -> {
            ManyReplies replies = new ManyReplies(replied(bench, Script.WRITE_ALL));
            assertThat(ended(replies)).isEqualTo(Map.of(2, "old2"));
            List<Told> told = told(replies);
            assertThat(told).extracting(Told::status).containsExactly(1L, 1L, 1L, 1L, 1L, 0L);
            assertThat(told).extracting(Told::existed).containsExactly(false, true, false, true, false, true);
            assertThat(met(told)).isEqualTo(Map.of(3, "old3", 5, "old5"));
            long now = told.get(0).created();
            List<Long> expires = new ArrayList<>();
            told.forEach(each -> expires.add(each.expires()));
            assertThat(expires).containsExactly(0L, now + 60_000_000, 0L, now + 60_000_000, 0L, 0L);
            assertThat(told.subList(0, 5))
                    .extracting(Told::stamp)
                    .containsOnly(told.get(0).stamp());
        });
    }

    @Test
    void eachKeyOfARemoval_isToldWhatBecameOfIt() {
        BENCHES.each(bench -> {
            ManyReplies replies = new ManyReplies(replied(bench, Script.REMOVE_ALL));
            assertThat(ended(replies)).isEqualTo(Map.of(2, "old2"));
            List<Told> told = told(replies);
            assertThat(told).extracting(Told::status).containsExactly(2L, 2L, 2L, 2L, 0L, 2L);
            assertThat(told).extracting(Told::existed).containsExactly(false, true, false, true, false, true);
            assertThat(met(told)).isEqualTo(Map.of(3, "old3"));
            assertThat(bench.read(key(1))).isNull();
        });
    }
}
