package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.HttpSettings;
import io.nearfar.RateLimiter;
import io.nearfar.spi.NearfarCachingProvider;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A manager that is closed while somebody has it connect. */
@Timeout(120)
class ConnectTest {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Thread closer = new Thread(this::close);
    private final NearfarCacheManager manager = new NearfarCacheManager(
            new NearfarCachingProvider(),
            URI.create("test:connect"),
            ConnectTest.class.getClassLoader(),
            new Properties(),
            new Connecting(),
            closed -> {});

    private void close() {
        manager.close();
    }

    /** Takes its time: until whoever closes has done so, or waits. */
    private final class Connecting implements Backroom {
        @Override
        public <K, V> Opened<K, V> open(CacheRequest<K, V> request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void connect() {
            closer.start();
            await().until(() ->
                    closer.getState() == Thread.State.BLOCKED || closer.getState() == Thread.State.TERMINATED);
            events.add("connected");
        }

        @Override
        public HttpSettings http() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RateLimiter limiter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            events.add("closed");
        }
    }

    /** Or the link that was opened last would never be closed. */
    @Test
    void close_whileConnecting_closesWhatWasConnected() throws Exception {
        manager.connect();
        closer.join();
        assertThat(events).containsExactly("connected", "closed");
    }
}
