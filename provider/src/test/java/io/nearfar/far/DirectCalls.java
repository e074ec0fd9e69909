package io.nearfar.far;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.far.Session.Node;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.redisson.client.RedisConnection;
import org.redisson.client.protocol.RedisCommand;

/** Commands to a server by a session, past all that caches make of it. */
final class DirectCalls {
    static final Duration SOON = Duration.ofSeconds(60);
    static final Keyspace KEYSPACE = new Keyspace("open");
    static final RedisCommand<List<Object>> SET = new RedisCommand<>("SET", Collections::singletonList);
    static final RedisCommand<List<Object>> GET = new RedisCommand<>("GET", Collections::singletonList);

    private DirectCalls() {}

    interface Work {
        void on(Session session) throws Exception;
    }

    /** Does work on a session with at most so many connections, of which so many are open from the beginning. */
    static void with(FarAddress address, int most, int open, Work work) throws Exception {
        FarSettings settings = FarSetups.ofConnections(FarSetups.quiet(FarSetups.far(address, "open")), most, open);
        try (Link link = new Link(settings, KEYSPACE, new Bus(KEYSPACE, false))) {
            link.start();
            await().atMost(SOON).ignoreExceptions().until(() -> link.session() != null);
            work.on(link.session());
        }
    }

    static Node node(Session session) {
        return session.nodes().get(0);
    }

    static Queue<RedisConnection> connections(Node node) {
        return node.entry().getEntry().getConnectionsHolder().getAllConnections();
    }

    static List<Object> answer(CompletableFuture<List<Object>> call) throws Exception {
        return call.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static String text(CompletableFuture<List<Object>> call) throws Exception {
        return new String((byte[]) answer(call).get(0), UTF_8);
    }
}
