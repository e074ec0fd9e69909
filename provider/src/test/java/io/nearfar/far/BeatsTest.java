package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarSettings;
import io.nearfar.entry.Version;
import io.nearfar.far.Ticks.Tick;
import io.nearfar.invalidation.BeatSink;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What beats tell, in which order, and when. */
@Timeout(120)
class BeatsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final long MINUTE_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final Keyspace keyspace = new Keyspace("beats");
    private final RealRedis redis = RealRedis.start();
    private final FarSettings settings = FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "beats"));
    private final Link link = new Link(settings, keyspace, new Bus(keyspace, false));
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Beats beats = new Beats(keyspace, thread, settings.deadline());

    @BeforeEach
    void start() {
        link.start();
        await().atMost(SOON).ignoreExceptions().until(() -> link.session() != null);
    }

    @AfterEach
    void stop() {
        thread.shutdown();
        link.close();
        redis.close();
    }

    private void tick() throws Exception {
        tick(true);
    }

    private void tick(boolean isOfBeats) throws Exception {
        Tick tick = new Tick(System.nanoTime(), settings.beat().toNanos(), isOfBeats, false);
        thread.submit(() -> beats.tick(link.session(), tick)).get();
    }

    private static long truth() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }

    /** A server whose clock goes forward by an hour after each question: what was read before is an hour behind. */
    private final class Jumping implements BeatSink {
        private final List<Long> errors = new CopyOnWriteArrayList<>();

        @Override
        public void asking(int partition, long sentAt) {
            Master master = link.session().nodes().get(0).master();
            master.clock().learn(sentAt, sentAt, truth() - HOUR_MICROS);
        }

        @Override
        public void answered(int partition, long sentAt, @Nullable Version chain) {
            errors.add(beats.microsAt(System.nanoTime()) - truth());
        }
    }

    /** What is verified is served from then on, and not by a time at which it seems to live still. */
    @Test
    void answer_teachesTheTimeBeforeItTellsOfChains() throws Exception {
        Jumping sink = new Jumping();
        beats.add(sink);
        tick();
        await().atMost(SOON).until(() -> sink.errors.size() >= Keyspace.PARTITIONS);
        assertThat(sink.errors).allSatisfy(error -> assertThat(error).isCloseTo(0L, within(MINUTE_MICROS)));
    }

    /** Whoever left a server alone finds out that it answers as soon as a probe is due, however seldom beats are. */
    @Test
    void serverThatIsLeftAlone_isProbedBeforeTheNextBeatIsDue() throws Exception {
        tick();
        Master master = master();
        await().atMost(SOON).until(() -> {
            master.breaker().failed();
            return master.breaker().isOpen();
        });
        await().atMost(SOON).until(() -> {
            tick();
            return !master.breaker().isOpen();
        });
    }

    @Test
    void tickWithoutBeats_probesWhoIsLeftAlone_andBeginsNothingElse() throws Exception {
        List<Long> told = new CopyOnWriteArrayList<>();
        beats.add(new BeatSink() {
            @Override
            public void ticking(long now) {
                told.add(now);
            }

            @Override
            public void asking(int partition, long sentAt) {
                told.add(sentAt);
            }

            @Override
            public void answered(int partition, long sentAt, @Nullable Version chain) {}
        });
        tick(false);
        assertThat(told).isEmpty();
        Master master = master();
        master.breaker().failed();
        await().atMost(SOON).until(() -> {
            tick(false);
            return !master.breaker().isOpen();
        });
    }

    private Master master() {
        return link.session().nodes().get(0).master();
    }

    /** In the link's thread, before it comes to any answer; the time of each is long over at the next. */
    private long openingsAfter(boolean... standstills) throws Exception {
        Beats hasty = new Beats(keyspace, thread, Duration.ofNanos(1));
        thread.submit(() -> {
                    hasty.tick(link.session(), new Tick(System.nanoTime(), 1, true, false));
                    for (boolean stoodStill : standstills) {
                        hasty.tick(link.session(), new Tick(System.nanoTime() + 1_000, 1, true, stoodStill));
                    }
                })
                .get();
        return master().breaker().openings();
    }

    /** Its answer may lie unread; but only so long. */
    @ParameterizedTest
    @CsvSource({"false, false, 1", "true, true, 1", "true, false, 1"})
    void beatWithoutAnswer_isGivenUp(boolean first, boolean second, long openings) throws Exception {
        assertThat(openingsAfter(first, second)).isEqualTo(openings);
    }

    @Test
    void beatWithoutAnswer_isNotGivenUpInTheTickAfterAStandstill() throws Exception {
        assertThat(openingsAfter(true)).isZero();
    }

    @Test
    void tick_isToldAlsoBetweenTwoBeats() throws Exception {
        List<Long> ticks = new CopyOnWriteArrayList<>();
        List<Long> asked = new CopyOnWriteArrayList<>();
        beats.add(new BeatSink() {
            @Override
            public void ticking(long now) {
                ticks.add(now);
            }

            @Override
            public void asking(int partition, long sentAt) {
                asked.add(sentAt);
            }

            @Override
            public void answered(int partition, long sentAt, @Nullable Version chain) {}
        });
        tick();
        tick();
        assertThat(ticks).hasSize(2);
        assertThat(asked).hasSize(Keyspace.PARTITIONS);
    }
}
