package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.CacheHealth;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.Meter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When servers are asked for their figures, by a clock and a thread of the test's own. */
class ServerWatchTest {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private @Nullable List<CacheHealth.Server> servers = List.of(server("one", 100));
    private long seconds;
    private int asked;
    private int others;
    private final ServerWatch watch = new ServerWatch(this::ask, this::later, () -> TimeUnit.SECONDS.toNanos(seconds));

    private List<CacheHealth.Server> ask() {
        asked++;
        if (servers == null) {
            throw new FarTierUnavailableException("away");
        }
        return servers;
    }

    private void later(long after, Runnable look) {
        work.add(() -> {
            seconds += after;
            look.run();
        });
    }

    private static CacheHealth.Server server(String address, long memory) {
        CacheHealth.Figures figures = new CacheHealth.Figures("Redis", "7.0", memory, 1_000, "noeviction", 3, 4);
        return new CacheHealth.Server(address, true, false, 0, null, figures, null);
    }

    private static CacheHealth.Server silent(String address) {
        return new CacheHealth.Server(address, false, true, 1, "no answer", null, null);
    }

    private List<String> shown() {
        return watch.meters().stream().map(meter -> meter + " " + meter.value()).toList();
    }

    private void next() {
        work.remove().run();
    }

    @Test
    void servers_areAskedOnlyWhenSomebodyReads_andNeverByWhoReads() {
        assertThat(work).isEmpty();
        assertThat(watch.meters()).isEmpty();
        assertThat(watch.meters()).isEmpty();
        assertThat(asked).isZero();
        assertThat(work).hasSize(1);
        next();
        assertThat(asked).isEqualTo(1);
        assertThat(shown())
                .containsExactly(
                        "nearfar_server_memory_used_bytes{server=\"one\"} 100.0",
                        "nearfar_server_memory_maximum_bytes{server=\"one\"} 1000.0",
                        "nearfar_server_clients{server=\"one\"} 3.0",
                        "nearfar_server_evictions_total{server=\"one\"} 4.0");
    }

    @Test
    void meter_goesOnWithWhatItsServerSaysNext_fifteenSecondsLater() {
        watch.meters();
        next();
        Meter memory = watch.meters().get(0);
        servers = List.of(server("one", 200));
        assertThat(memory.value()).isEqualTo(100);
        next();
        assertThat(seconds).isEqualTo(15);
        assertThat(memory.value()).isEqualTo(200);
    }

    @Test
    void nobodyReads_andAfterFiveMinutesNobodyIsAsked_norIsWhatIsOldShown() {
        watch.meters();
        next();
        Meter memory = watch.meters().get(0);
        while (!work.isEmpty()) {
            next();
        }
        assertThat(seconds).isEqualTo(300);
        assertThat(asked).isEqualTo(21);
        servers = List.of(server("one", 300));
        assertThat(memory.value()).isNaN();
        assertThat(work).hasSize(1);
        next();
        assertThat(memory.value()).isEqualTo(300);
    }

    @Test
    void readingOneMeter_isEnoughToKeepItGoing() {
        watch.meters();
        next();
        Meter memory = watch.meters().get(0);
        for (int i = 0; i < 100; i++) {
            memory.value();
            next();
        }
        assertThat(asked).isEqualTo(101);
        assertThat(work).hasSize(1);
    }

    @Test
    void serversThatComeAndGo_areTold() {
        watch.onOthers(() -> others++);
        watch.meters();
        next();
        assertThat(others).isEqualTo(1);
        servers = List.of(server("one", 1), server("two", 2));
        next();
        assertThat(others).isEqualTo(2);
        assertThat(watch.meters()).hasSize(8);
        next();
        assertThat(others).isEqualTo(2);
        servers = List.of(silent("one"), server("two", 2));
        next();
        assertThat(others).isEqualTo(3);
        assertThat(watch.meters()).hasSize(4);
        servers = null;
        next();
        assertThat(others).isEqualTo(4);
        assertThat(watch.meters()).isEmpty();
        servers = List.of(server("one", 1));
        next();
        assertThat(watch.meters()).hasSize(4);
    }
}
