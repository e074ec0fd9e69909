package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.near.Fill;
import io.nearfar.near.NearLease;
import io.nearfar.near.NearTier;
import io.nearfar.testing.TextFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events of keys are gathered for a moment, and then compared with what the far tier has. */
class DoubtsTest {
    private final NearLease lease = new NearLease(Duration.ofSeconds(1), 0);
    private final NearTier<String, String> near = StillNearTier.under(lease);
    private final Map<String, Version> far = new HashMap<>();
    private final List<Collection<String>> asked = new ArrayList<>();
    private final List<Runnable> pauses = new ArrayList<>();
    private Runnable onQuestion = () -> {};
    private final Doubts<String> doubts = new Doubts<>(near, this::versions, text -> 0, pauses::add);

    DoubtsTest() {
        lease.verified(0);
    }

    private Map<String, Version> versions(Collection<String> keys) {
        asked.add(List.copyOf(keys));
        onQuestion.run();
        return far;
    }

    private void keep(String key, long stamp) {
        Version version = new Version(stamp, stamp);
        far.put(key, version);
        near.complete(near.begin(key, key, true, 0), Entry.of(new TextFormat().keep("v"), version, stamp, Entry.NEVER));
    }

    /** Two pauses, after which every doubt has been settled. */
    private void settle() {
        pass();
        pass();
        assertThat(pauses).isEmpty();
    }

    private void pass() {
        List<Runnable> due = List.copyOf(pauses);
        pauses.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void events_ofKeysThatAreNotKept_costNoQuestion() {
        doubts.changed("a");
        assertThat(pauses).isEmpty();
    }

    @Test
    void events_ofOnePause_areOneQuestionForEachKey() {
        keep("a", 5);
        keep("b", 6);
        for (int i = 0; i < 100; i++) {
            doubts.changed("a");
            doubts.changed("b");
        }
        assertThat(pauses).hasSize(1);
        pass();
        assertThat(asked).isEmpty();
        pass();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).containsExactlyInAnyOrder("a", "b");
        assertThat(near.get("a")).isNotNull();
        assertThat(near.get("b")).isNotNull();
        doubts.changed("a");
        assertThat(pauses).hasSize(1);
    }

    /** Each pause is another thread's: a far tier that is slow would have all of them wait for it. */
    @Test
    void events_whileTheFarTierIsAsked_waitForItsAnswer() {
        keep("a", 5);
        keep("b", 6);
        onQuestion = () -> {
            doubts.changed("b");
            assertThat(pauses).isEmpty();
        };
        doubts.changed("a");
        pass();
        pass();
        assertThat(asked).hasSize(1);
        onQuestion = () -> {};
        settle();
        assertThat(asked).hasSize(2);
    }

    /** An own write whose event has only just come is not taken for one that hangs. */
    @Test
    void eventsInEveryPause_areSettledAllTheSame_andLeaveYoungFillsAlone() {
        keep("k", 1);
        for (int stamp = 2; stamp < 10; stamp++) {
            Fill<String> write = near.begin("k", "k", true, 0);
            doubts.changed("k");
            pass();
            Version version = new Version(stamp, stamp);
            far.put("k", version);
            near.complete(write, version, Entry.of(new TextFormat().keep("v"), version, stamp, Entry.NEVER));
            assertThat(near.get("k").version()).isEqualTo(version);
        }
        assertThat(asked).hasSizeGreaterThan(5);
    }

    @Test
    void entry_thatTheFarTierHasOtherwise_goes() {
        keep("same", 5);
        keep("other", 6);
        keep("gone", 7);
        far.put("other", new Version(6, 99));
        far.remove("gone");
        List.of("same", "other", "gone").forEach(doubts::changed);
        settle();
        assertThat(near.get("same")).isNotNull();
        assertThat(near.get("other")).isNull();
        assertThat(near.get("gone")).isNull();
    }

    /** More than can be examined: what the partition keeps is not believed any more, and nothing is asked for it. */
    @Test
    void events_ofTooManyKeys_dropThePartition() {
        keep("kept", 5);
        for (int i = 0; i < Doubts.MOST; i++) {
            near.begin("k" + i, "k" + i, true, 0);
            doubts.changed("k" + i);
        }
        assertThat(near.get("kept")).isNotNull();
        doubts.changed("kept");
        assertThat(near.get("kept")).isNull();
        doubts.changed("k7");
        assertThat(pauses).hasSize(1);
        settle();
        keep("kept", 6);
        assertThat(near.get("kept")).isNotNull();
    }
}
