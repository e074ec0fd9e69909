package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.Mode;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes of one application whose configuration of a cache differs. */
class SharedTermsTest {
    private static final String PREFIX = "shared-terms";
    private static final String TERMS = new Keyspace(PREFIX).termsKey("cities");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RealRedis redis = RealRedis.start();

    @AfterEach
    void stop() {
        redis.close();
    }

    private Application node(String valueLimit) {
        return Application.in(
                Mode.TIERED,
                "nearfar.address",
                "redis://" + redis.host(),
                "nearfar.prefix",
                PREFIX,
                "nearfar.value-limit",
                valueLimit);
    }

    /** Two nodes that do not see the same table make up for an outage against each other. */
    @Test
    void secondNode_withAFallbackStore_isToldOfIt() {
        MutableConfiguration<String, String> plain = new MutableConfiguration<>();
        try (CapturedLog log = new CapturedLog();
                TestDatabase database = new TestDatabase();
                Application one = node("1MB");
                Application other = Application.in(
                        Mode.TIERED,
                        "nearfar.address",
                        "redis://" + redis.host(),
                        "nearfar.prefix",
                        PREFIX,
                        "nearfar.value-limit",
                        "1MB",
                        "nearfar.fallback.datasource",
                        database.url(),
                        "nearfar.fallback.user",
                        database.user())) {
            one.cache(plain).put("k", "v");
            await().atMost(SOON).until(() -> redis.call("EXISTS", TERMS).equals(1L));
            other.cache(plain);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(log.lines(
                                    "NF0406 cities: fallback store is table nearfar_fallback here and none on"))
                            .hasSize(1));
        }
    }

    private static javax.cache.expiry.Duration minutes(long minutes) {
        return new javax.cache.expiry.Duration(TimeUnit.MINUTES, minutes);
    }

    @Test
    void secondNode_withOtherTypeExpiryAndLimit_isToldOfEachWithBothValues() {
        try (CapturedLog log = new CapturedLog();
                Application one = node("1MB");
                Application other = node("2MB")) {
            one.cache(new MutableConfiguration<String, String>()
                            .setTypes(String.class, String.class)
                            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(minutes(5))))
                    .put("k", "v");
            await().atMost(SOON).until(() -> redis.call("EXISTS", TERMS).equals(1L));
            other.cache(new MutableConfiguration<String, Integer>()
                    .setTypes(String.class, Integer.class)
                    .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(minutes(1))));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(log.lines("NF0406")).hasSize(3));
            assertThat(log.lines("NF0406 cities: value type is java.lang.Integer here and java.lang.String on another"))
                    .hasSize(1);
            assertThat(log.lines(
                            "expiry is PT1M from creation, PT1M from access here and PT5M from creation on another"))
                    .hasSize(1);
            assertThat(log.lines("value-limit is 2000000 bytes here and 1000000 bytes on another"))
                    .hasSize(1);
            assertThat(log.lines("key type")).isEmpty();
        }
    }
}
