package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.EntryStore;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told of changes while connections fail and are made anew. */
@Timeout(120)
class AudienceTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Keyspace keyspace = new Keyspace("audience");
    private final AtomicLong ahead = new AtomicLong();
    private final Audience audience = new Audience(keyspace, new LongAdder(), () -> System.nanoTime() + ahead.get());
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger missing = new AtomicInteger();

    /** A node that listens, by a clock that may be ahead. */
    private final class Listening implements AutoCloseable {
        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);
        private final Link link;

        private Listening(String host, Bus bus) {
            link = new Link(FarSetups.quiet(FarSetups.far(FarSetups.address(host), "audience")), keyspace, bus);
            link.start();
            await().atMost(SOON).ignoreExceptions().until(() -> link.session() != null);
        }

        private void hear() {
            audience.speakBy(threads);
            audience.hear(
                    "c",
                    false,
                    false,
                    message -> heard.add(number(Objects.requireNonNull(message.after()))),
                    missing::incrementAndGet);
        }

        @Override
        public void close() {
            threads.shutdownNow();
            link.close();
        }
    }

    /** Values are texts of six digits, at the end of their entries. */
    private static int number(byte[] entry) {
        return Integer.parseInt(new String(entry, entry.length - 6, 6, StandardCharsets.US_ASCII));
    }

    private static void put(EntryStore<String, String> store, int number) {
        store.apply("k", Sharing.write(String.format("%06d", number)));
    }

    /** The server is busy for longer than Redisson waits for it. */
    @Test
    void wordOfListeners_thatCouldNotBeSubscribedTo_isSubscribedToLater() {
        Audience listener = new Audience(keyspace, new LongAdder(), System::nanoTime);
        try (RealRedis redis = RealRedis.start();
                Relay relay = new Relay(redis.port());
                Listening deaf = new Listening(relay.host(), new Bus(keyspace, false));
                Listening other = new Listening(redis.host(), new Bus(keyspace, false))) {
            relay.hold();
            audience.attach(deaf.link.session());
            await().atMost(SOON).until(() -> relay.holds(keyspace.audienceChannel()));
            audience.speakBy(deaf.threads);
            await().atMost(SOON).until(() -> !audience.isTold());
            relay.pass();
            listener.attach(other.link.session());
            listener.speakBy(other.threads);
            listener.hear("c", false, false, message -> {}, () -> {});
            await().atMost(SOON).until(() -> audience.of("c").word() != null);
        }
    }

    /** Who has heard of a change is to read no older value. */
    @Test
    void change_isToldToTheNearTier_beforeItIsDecodedForListeners() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (RealRedis redis = RealRedis.start();
                FarTier writing = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "audience"));
                FarTier listening = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "audience"));
                Listening speaking = new Listening(redis.host(), new Bus(keyspace, false))) {
            listening.listenBy(speaking.threads);
            listening
                    .store(FarSetups.cache("c"), new TextKeys(), new TextFormat())
                    .remoteChanges((text, version) -> told.add("ended " + text))
                    .hear(
                            false,
                            false,
                            (bytes, change) -> told.add("heard "
                                    + Objects.requireNonNull(change.get()).key()));
            EntryStore<String, String> store = Sharing.store(writing);
            await().atMost(SOON).until(() -> {
                put(store, 0);
                return told.size() >= 4;
            });
            assertThat(List.copyOf(told).subList(0, 4)).containsExactly("ended k", "heard k", "ended k", "heard k");
        }
    }

    @Test
    void connectionsThatAreMadeAnew_bringEachChangeOnce_andTellThatSomeMayBeMissing() throws Exception {
        try (RealRedis redis = RealRedis.start();
                FarTier writing = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "audience"));
                Listening listening = new Listening(redis.host(), new Bus(keyspace, false, audience))) {
            EntryStore<String, String> store = Sharing.store(writing);
            listening.hear();
            await().atMost(SOON).until(() -> {
                put(store, 0);
                return !heard.isEmpty();
            });
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger last = new AtomicInteger();
            Thread writer = new Thread(() -> {
                while (!done.get()) {
                    put(store, last.incrementAndGet());
                }
            });
            Session before = listening.link.session();
            writer.start();
            try {
                listening.link.renew();
                await().atMost(SOON).until(() -> listening.link.session() != before);
            } finally {
                done.set(true);
                writer.join();
            }
            await().atMost(SOON).until(() -> heard.get(heard.size() - 1) == last.get());
            List<Integer> numbers = heard.stream().filter(number -> number > 0).toList();
            assertThat(numbers).doesNotHaveDuplicates().isSorted();
            assertThat(missing).hasValue(1);
        }
    }

    @Test
    void whoWasSilentForLong_mayHaveBeenForgotten() {
        try (RealRedis redis = RealRedis.start();
                FarTier writing = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "audience"));
                Listening listening = new Listening(redis.host(), new Bus(keyspace, false, audience))) {
            EntryStore<String, String> store = Sharing.store(writing);
            listening.hear();
            await().atMost(SOON).until(() -> {
                put(store, 0);
                return !heard.isEmpty();
            });
            assertThat(missing).hasValue(0);
            ahead.addAndGet(TimeUnit.SECONDS.toNanos(5));
            await().atMost(SOON).until(() -> missing.get() == 1);
        }
    }
}
