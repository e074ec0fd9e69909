package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.StartPolicy;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads read the same cache at once. */
@Timeout(120)
class ReadsTogetherTest {
    private static final int THREADS = 12;
    private static final int READS = 300;

    private final RealRedis redis = RealRedis.start();
    private final FaultProxy proxy = new FaultProxy(redis.port());

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    private FarTier open(Duration deadline) {
        return FarSetups.open(FarSetups.quiet(
                FarSetups.far(FarSetups.address(proxy.host()), "together", StartPolicy.DEFAULT, deadline)));
    }

    private static <T> List<FutureTask<T>> begun(Callable<T> call) {
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            FutureTask<T> task = new FutureTask<>(call);
            tasks.add(task);
            new Thread(task, "reading-" + i).start();
        }
        return tasks;
    }

    /** What was written before a read began, it finds, or what was written later. */
    @Test
    void reads_besideWrites_areOfTheirTime() throws Exception {
        try (FarTier tier = open(FarSetups.DEADLINE)) {
            EntryStore<String, String> store = Sharing.store(tier);
            store.apply("k", Sharing.write("0"));
            AtomicLong written = new AtomicLong();
            List<FutureTask<Boolean>> readers = begun(() -> {
                for (int i = 0; i < READS; i++) {
                    long least = written.get();
                    Entry<String> entry = store.read("k", Freshness.AUTHORITY);
                    if (Long.parseLong(entry.value().get()) < least) {
                        return false;
                    }
                }
                return true;
            });
            while (readers.stream().anyMatch(reader -> !reader.isDone())) {
                long next = written.get() + 1;
                store.apply("k", Sharing.write(String.valueOf(next)));
                written.set(next);
            }
            for (FutureTask<Boolean> reader : readers) {
                assertThat(reader.get()).isTrue();
            }
            assertThat(tier.breakerOpenings()).isZero();
        }
    }

    /** Each at its own deadline, also those whose question has waited for the others. */
    @Test
    void reads_whenTheServerIsSilent_allFail() throws Exception {
        try (FarTier tier = open(Duration.ofSeconds(2))) {
            EntryStore<String, String> store =
                    tier.store(FarSetups.cache("c", Duration.ofSeconds(2)), new TextKeys(), new TextFormat());
            store.apply("k", Sharing.write("v"));
            proxy.blackhole();
            for (FutureTask<Entry<String>> reader : begun(() -> store.read("k", Freshness.AUTHORITY))) {
                assertThatThrownBy(() -> reader.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(FarTierUnavailableException.class);
            }
            proxy.heal();
            FarSetups.awaitReach(store);
            assertThat(store.read("k", Freshness.AUTHORITY).value().get()).isEqualTo("v");
        }
    }

    @Test
    void read_thatIsInterrupted_isAnsweredAllTheSame() throws Exception {
        try (FarTier tier = open(FarSetups.DEADLINE)) {
            EntryStore<String, String> store = Sharing.store(tier);
            store.apply("k", Sharing.write("v"));
            List<FutureTask<Boolean>> readers = begun(() -> {
                boolean found = true;
                for (int i = 0; i < READS; i++) {
                    Thread.currentThread().interrupt();
                    found &= store.read("k", Freshness.AUTHORITY).value().get().equals("v");
                    found &= Thread.interrupted();
                }
                return found;
            });
            for (FutureTask<Boolean> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
