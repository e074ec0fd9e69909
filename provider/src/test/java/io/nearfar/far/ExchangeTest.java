package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarSettings;
import io.nearfar.far.Session.Node;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.redisson.client.RedisResponseTimeoutException;

/** What a call makes of its server's silence. */
@Timeout(120)
class ExchangeTest {
    private static final long DEADLINE = TimeUnit.HOURS.toNanos(1);

    private final Keyspace keyspace = new Keyspace("exchange");
    private final RealRedis redis = RealRedis.start();
    private final FarSettings settings = FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "exchange"));
    private final Link link = new Link(settings, keyspace, new Bus(keyspace, false));

    @BeforeEach
    void start() {
        link.start();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> link.session() != null);
    }

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    /** Returns how often the server is found not to answer, by a call whose time is up in so long. */
    private long openings(long rest, Throwable failure) {
        Node node = link.session().nodes().get(0);
        Exchange exchange = new Exchange(link.session(), node, "EVALSHA", DEADLINE, System.nanoTime() + rest);
        assertThat(exchange.unavailable(failure)).hasMessageContaining("EVALSHA at");
        return node.master().breaker().openings();
    }

    @Test
    void silence_forMostOfADeadline_opensTheBreaker() {
        assertThat(openings(DEADLINE, new TimeoutException())).isOne();
    }

    @Test
    void silence_forASmallRestOfADeadline_doesNot() {
        assertThat(openings(DEADLINE / 4, new TimeoutException())).isZero();
    }

    /** It waits longer than the call, which hears of it late: both stood still, and what the server has said is lost. */
    @Test
    void linkThatHasGivenUp_afterTheDeadline_saysNothingOfTheServer() {
        assertThat(openings(-1, new RedisResponseTimeoutException("no response")))
                .isZero();
    }

    @Test
    void linkThatHasGivenUp_beforeTheDeadline_opensTheBreaker() {
        assertThat(openings(DEADLINE, new RedisResponseTimeoutException("no response")))
                .isOne();
    }
}
