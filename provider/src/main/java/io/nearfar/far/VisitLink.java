package io.nearfar.far;

import io.nearfar.config.FarSettings;
import io.nearfar.key.Keyspace;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.redisson.api.RedissonClient;

/** The connections of a visit: made once, while the visitor waits, and without subscriptions and beats. */
final class VisitLink implements Connecting, AutoCloseable {
    private static final long CLOSE_MILLIS = 2_000;

    private final LinkThreads listening = LinkThreads.bringing("nearfar-events");
    private final ExecutorService events = Executors.newFixedThreadPool(1, listening);
    private final LinkThreads network = LinkThreads.bringing("nearfar-network");
    private final Session session;

    /**
     * Connects.
     *
     * @throws Unreachable if that fails
     */
    VisitLink(FarSettings settings, Keyspace keyspace, Greeting greeting) throws Unreachable {
        this.session = new Session(redisson(settings, greeting), events, keyspace, greeting.sharded(), new Troubles());
    }

    private RedissonClient redisson(FarSettings settings, Greeting greeting) throws Unreachable {
        try {
            return Clients.connected(new LinkConfig(settings, greeting)
                    .redisson(events, work -> network.newThread(work).start()));
        } catch (RuntimeException e) {
            events.shutdown();
            throw new Unreachable("it was reached, but then " + Failures.reason(e), e);
        }
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
        events.shutdown();
        try {
            listening.awaitEnd(CLOSE_MILLIS);
            network.awaitEnd(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
