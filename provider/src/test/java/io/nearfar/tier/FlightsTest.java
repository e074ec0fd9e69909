package io.nearfar.tier;

import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Version;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private final ScheduledExecutorService timer = Timers.create();
    private final AtomicInteger renewals = new AtomicInteger();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void depart_oneRenewalFails_renewsAgain() {
        Flights<String, String> flights = new Flights<>(failingOnce(), timer, 30);
        flights.depart("a", new Lease.Granted<>(new Version(1, 1)), null);
        await().atMost(Duration.ofSeconds(30)).until(() -> renewals.get() > 1);
    }

    @SuppressWarnings("unchecked") // the proxy is of the interface that is asked for
    private EntryStore<String, String> failingOnce() {
        return (EntryStore<String, String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntryStore.class}, (proxy, method, arguments) -> {
                    if (renewals.getAndIncrement() == 0) {
                        throw new FarTierUnavailableException("no answer");
                    }
                    return true;
                });
    }
}
