package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Keys that can change, and whose text does not give them back. */
class NearTierKeysTest {
    private static final Value<String> VALUE = new TextFormat().keep("value");

    private final AtomicReference<Runnable> inClock = new AtomicReference<>(() -> {});
    private final NearTier<List<String>, String> near = new NearTier<>(
            FarSetups.cache("cities"),
            new Commons(4, nanos -> micros()).value(),
            new CacheSignals("cities"),
            ArrayList::new,
            text -> null,
            key -> String.join(":", key));

    private long micros() {
        inClock.get().run();
        return 1_000_000;
    }

    private static Entry<String> entry(long stamp) {
        return Entry.of(VALUE, new Version(stamp, stamp), stamp, Entry.NEVER);
    }

    private void fill(List<String> key, String text, long stamp) {
        near.complete(near.begin(key, text, false, 0), entry(stamp));
    }

    @Test
    void invalidate_afterCallersKeyOfSecondFillWasChanged_removes() {
        fill(List.of("paris"), "#paris", 5);
        List<String> mine = new ArrayList<>(List.of("paris"));
        fill(mine, "#paris", 6);
        mine.set(0, "rome");
        near.invalidate("#paris", new Version(7, 7));
        assertThat(near.get(List.of("paris"))).isNull();
    }

    @Test
    void invalidate_betweenLookAtTokenAndStore_removesWhatIsStored() throws InterruptedException {
        List<String> key = List.of("paris");
        Fill<List<String>> fill = near.begin(key, "#paris", false, 0);
        Thread message = new Thread(() -> near.invalidate("#paris", new Version(6, 6)));
        inClock.set(() -> {
            // the first look at the clock comes before the map's compute, the second inside, after the token was asked
            inClock.set(() -> {
                inClock.set(() -> {});
                message.start();
                awaitEndOrBlocked(message);
            });
        });
        near.complete(fill, entry(5));
        message.join();
        assertThat(near.get(key)).isNull();
    }

    private static void awaitEndOrBlocked(Thread thread) {
        while (thread.getState() != Thread.State.TERMINATED && thread.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
    }

    @Test
    void complete_refused_leavesNoKeyBehind() {
        Fill<List<String>> fill = near.begin(List.of("paris"), "#paris", false, 0);
        near.invalidate("#paris", new Version(6, 6));
        near.complete(fill, entry(5));
        assertThat(near.indexed()).isZero();
        fill(List.of("paris"), "#paris", 7);
        assertThat(near.indexed()).isEqualTo(1);
        near.drop(List.of("paris"));
        assertThat(near.indexed()).isZero();
    }
}
