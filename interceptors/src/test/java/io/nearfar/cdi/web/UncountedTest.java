package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.cdi.nodes.LocalRedis;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of requests that cannot be counted, and whose they are that can. Windows are an hour: none ends here. */
@Timeout(120)
class UncountedTest {
    private static final String PROVIDER = "io.nearfar.spi.NearfarCachingProvider";

    private final AtomicLong nanos = new AtomicLong();
    private final List<WebLimits> all = new ArrayList<>();
    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final Quota quota = new Limit("requests", 1, Duration.ofHours(1)).forAll();
    private final Quota other = new Limit("others", 1, Duration.ofHours(1)).forAll();

    @BeforeEach
    void set() {
        System.setProperty("nearfar.prefix", "web-" + UUID.randomUUID());
        System.setProperty("nearfar.limit.deadline", "30s");
        System.setProperty("nearfar.connect-timeout", "5s");
    }

    @AfterEach
    void close() throws Exception {
        for (WebLimits limits : all) {
            WebLimits.Opened open = limits.open();
            if (open != null) {
                open.manager().close();
            }
        }
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    /** The limits of a web application with a class loader of its own. */
    private WebLimits application() {
        return application(new URLClassLoader(new URL[0], UncountedTest.class.getClassLoader()));
    }

    private WebLimits application(URLClassLoader loader) {
        WebLimits limits = new WebLimits(loader, nanos::get);
        loaders.add(loader);
        all.add(limits);
        return limits;
    }

    private static boolean admits(WebLimits limits, Quota... quotas) {
        Decision decision = limits.decide(limits.open(), List.of(quotas));
        return decision == null || decision.admitted();
    }

    /** An application whose class loader takes its time. */
    private static final class Slow extends URLClassLoader {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final AtomicInteger asked = new AtomicInteger();

        Slow() {
            super(new URL[0], UncountedTest.class.getClassLoader());
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (name.equals(PROVIDER)) {
                asked.incrementAndGet();
                begun.countDown();
                waitFor(goOn);
            }
            return super.loadClass(name);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static CompletableFuture<WebLimits.Opened> opening(WebLimits limits) {
        return CompletableFuture.supplyAsync(limits::open, task -> new Thread(task).start());
    }

    @Test
    void request_whileAnotherOpens_goesOnAtOnce() throws Exception {
        Slow loader = new Slow();
        WebLimits limits = application(loader);
        CompletableFuture<WebLimits.Opened> first = opening(limits);
        waitFor(loader.begun);
        try {
            CompletableFuture<WebLimits.Opened> second = opening(limits);
            assertThat(second.get(60, TimeUnit.SECONDS)).isNull();
            assertThat(first).isNotDone();
        } finally {
            loader.goOn.countDown();
        }

        assertThat(first.get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(limits.open()).isSameAs(first.get());
        assertThat(loader.asked).hasValue(1);
    }

    @Test
    void limiterThatCannotBeOpened_leavesRequestsToThePolicy_andIsTriedAgain() throws Exception {
        try (LocalRedis redis = LocalRedis.start("requirepass secret")) {
            String address = redis.address();
            System.setProperty("nearfar.address", address.replace("://", "://:wrong@"));
            WebLimits open = application();
            assertThat(open.decide(open.open(), List.of(quota))).isNull();

            System.setProperty("nearfar.limit.outage", "closed");
            WebLimits closed = application();
            Decision denied = closed.decide(closed.open(), List.of(quota));
            assertThat(denied.admitted()).isFalse();
            assertThat(denied.basis()).isEqualTo(Decision.Basis.OUTAGE);
            assertThat(denied.retryAfter()).isEqualTo(Duration.ofSeconds(1));

            closed.open().manager().close();
            System.setProperty("nearfar.address", address.replace("://", "://:secret@"));
            assertThat(admits(closed, quota)).isFalse();
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
            assertThat(admits(closed, quota)).isTrue();
            assertThat(admits(closed, quota)).isFalse();
        }
    }

    @Test
    void decisionThatFails_isNoPauseForOthers() {
        WebLimits limits = application();
        assertThat(admits(limits, quota, quota)).isTrue();

        assertThat(admits(limits, other)).isTrue();
        assertThat(admits(limits, other)).isFalse();
    }

    @Test
    void applicationsOfOneProcess_countApartWithoutAServer() {
        WebLimits one = application();
        WebLimits two = application();
        assertThat(one.open().manager()).isNotSameAs(two.open().manager());
        assertThat(admits(one, quota)).isTrue();
        assertThat(admits(one, quota)).isFalse();
        assertThat(admits(two, quota)).isTrue();
        assertThat(admits(two, quota)).isFalse();
        one.open().manager().close();
        assertThat(admits(two, other)).isTrue();
    }

    @Test
    void applicationsOfOneProcess_countTogetherUnderOnePrefix() throws Exception {
        try (LocalRedis redis = LocalRedis.start()) {
            System.setProperty("nearfar.address", redis.address());
            WebLimits one = application();
            WebLimits two = application();
            assertThat(admits(one, quota)).isTrue();
            assertThat(admits(two, quota)).isFalse();
            System.setProperty("nearfar.prefix", "another-" + UUID.randomUUID());
            WebLimits three = application();
            assertThat(admits(three, quota)).isTrue();
        }
    }
}
