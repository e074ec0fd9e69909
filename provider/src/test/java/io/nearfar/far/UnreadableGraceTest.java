package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A value that is kept for loads that fail, and that one of two nodes cannot read: that node has none. */
@Timeout(120)
class UnreadableGraceTest {
    private static final long HOUR = 3_600_000;
    private static final String VALUE = "?old";

    private final RealRedis redis = RealRedis.start();
    private final TextFormat values = new TextFormat();
    private final FarTier reading = open();
    private final FarTier blind = open();
    private final FarEntries<String, String> reader =
            reading.store(FarSetups.cache("c"), new TextKeys(), new Trusting(values));
    private final FarEntries<String, String> other = blind.store(FarSetups.cache("c"), new TextKeys(), values);

    private FarTier open() {
        return FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "far:unreadable"));
    }

    /** Reads what {@link TextFormat} does not. */
    private record Trusting(TextFormat values) implements ValueFormat<String> {
        @Override
        public Value<String> keep(String value) {
            return values.keep(value);
        }

        @Override
        public Value<String> decode(byte[] bytes) {
            return values.keep(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void keep() {
        reader.apply(
                "k",
                Change.write(values.keep(VALUE), Condition.ALWAYS, Lifetime.of(5), false)
                        .with(Attributes.of(List.of(), Attributes.AS_CONFIGURED, HOUR)));
        await().atMost(Duration.ofSeconds(30)).until(() -> reader.read("k", Freshness.AUTHORITY) == null);
    }

    @AfterEach
    void stop() {
        reading.close();
        blind.close();
        redis.close();
    }

    private static Lease.Granted<String> granted(Lease<String> lease) {
        assertThat(lease).isInstanceOf(Lease.Granted.class);
        return (Lease.Granted<String>) lease;
    }

    @Test
    void whoCannotReadIt_isHandedNothing_andLeavesItToOthers() {
        Lease.Granted<String> granted = granted(other.lease("k", 60_000));
        assertThat(granted.kept()).isNull();
        other.releaseFailed("k", granted, 0);
        assertThat(granted(reader.lease("k", 60_000)).kept().value().get()).isEqualTo(VALUE);
    }

    /** Others wait for nothing; who has no answer for its callers loads. */
    @Test
    void whileNobodyIsToLoad_whoCannotReadIt_loads() {
        assertThat(reader.releaseFailed("k", granted(reader.lease("k", 60_000)), HOUR))
                .isTrue();
        assertThat(reader.lease("k", 60_000)).isInstanceOf(Lease.Resting.class);
        Lease.Granted<String> granted = granted(other.lease("k", 60_000));
        assertThat(granted.kept()).isNull();
        assertThat(reader.lease("k", 60_000)).isInstanceOf(Lease.Held.class);
        other.releaseFailed("k", granted, HOUR);
        assertThat(reader.lease("k", 60_000))
                .isInstanceOfSatisfying(
                        Lease.Resting.class,
                        resting -> assertThat(resting.kept().value().get()).isEqualTo(VALUE));
    }
}
