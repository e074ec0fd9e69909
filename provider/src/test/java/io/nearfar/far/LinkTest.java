package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarSettings;
import io.nearfar.config.StartPolicy;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.fault.proxy.Lines;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LinkTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static long renewals() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("nearfar-renewal"))
                .count();
    }

    /** It waits for a greeting that nobody answers, and it would have been time for another. */
    @Test
    void renew_whileTheLastOneStillConnects_beginsNoOther() {
        AtomicLong now = new AtomicLong();
        Keyspace keyspace = new Keyspace("link");
        try (RealRedis redis = RealRedis.start();
                Relay relay = new Relay(redis.port())) {
            FarSettings settings = FarSetups.quiet(FarSetups.far(FarSetups.address(relay.host()), "link"));
            Link link = new Link(settings, keyspace, new Bus(keyspace, false), now::get);
            link.start();
            await().atMost(SOON).ignoreExceptions().until(() -> link.session() != null);
            relay.hold();
            link.renew();
            now.addAndGet(TimeUnit.HOURS.toNanos(1));
            link.renew();
            assertThat(renewals()).isLessThan(2);
            link.close();
            assertThat(renewals()).isZero();
        }
    }

    /** Else a program whose main has returned would go on until somebody closes its caches. */
    @Test
    void threads_letTheProcessEnd() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Keyspace keyspace = new Keyspace("link");
        try (RealRedis redis = RealRedis.start()) {
            FarSettings settings = FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "link"));
            try (Link link = new Link(settings, keyspace, new Bus(keyspace, false))) {
                link.start();
                await().atMost(SOON).ignoreExceptions().until(() -> link.session() != null);
                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .filteredOn(thread -> !thread.getName().startsWith("awaitility"))
                        .anyMatch(thread -> thread.getName().contains("timer"))
                        .allMatch(Thread::isDaemon);
            }
        }
    }

    /** However seldom beats are. */
    @Test
    void serverThatIsLeftAlone_isTriedAgainSoon() {
        Keyspace keyspace = new Keyspace("link");
        try (RealRedis redis = RealRedis.start()) {
            FarSettings settings = FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "link"));
            try (Link link = new Link(settings, keyspace, new Bus(keyspace, false))) {
                link.start();
                await().atMost(SOON).ignoreExceptions().until(() -> link.session() != null);
                Master master = link.session().nodes().get(0).master();
                master.breaker().failed();
                await().atMost(SOON).until(() -> !master.breaker().isOpen());
            }
        }
    }

    /** The time between two tries of it is over twice, and the answer may still come. */
    @Test
    void connection_thatOwesAnAnswer_isKeptUntilTheCallIsGivenUp() throws Exception {
        Duration deadline = Duration.ofSeconds(60);
        try (RealRedis redis = RealRedis.start();
                FaultProxy proxy = new FaultProxy(redis.port());
                FarTier tier = FarSetups.open(FarSetups.quiet(
                        FarSetups.far(FarSetups.address(proxy.host()), "link", StartPolicy.DEFAULT, deadline)))) {
            EntryStore<String, String> store =
                    tier.store(FarSetups.cache("c", deadline), new TextKeys(), new TextFormat());
            proxy.holdBack(Lines.ALL);
            FutureTask<Entry<String>> read = new FutureTask<>(() -> store.read("k", Freshness.AUTHORITY));
            new Thread(read).start();
            await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);
            proxy.heal();
            assertThat(read.get(30, TimeUnit.SECONDS)).isNull();
            assertThat(tier.breakerOpenings()).isZero();
        }
    }
}
