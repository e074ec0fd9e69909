package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.jcache.event.Listeners;
import io.nearfar.jcache.event.Mutation;
import io.nearfar.testing.Application;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // a tenth of a second for each would be a hundred
class EndsTest {
    private final RecordingListener told = new RecordingListener();

    /** More keys than could each be waited for: whoever holds them is waited for once. */
    @Test
    @SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
    void endsOfKeysThatSomebodyHolds_areTold_andNotEachIsWaitedFor() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            Listeners<String, String> listeners = new Listeners<>(application.cache(), Thread::new);
            listeners.add(told.configured(false, true));
            KeyLocks<String> locks = new KeyLocks<>("cities");
            Ends<String, String> ends = new Ends<>(listeners, locks);
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> {
                try (KeyLocks.Hold hold = locks.holdAll(
                        IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toList())) {
                    held.countDown();
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            held.await();
            IntStream.range(0, 1_000)
                    .forEach(i -> ends.tell(
                            Mutation.<String, String>expired("k" + i, null).at(1)));
            done.countDown();
            holder.join();
            assertThat(told.told).hasSize(1_000);
        }
    }
}
