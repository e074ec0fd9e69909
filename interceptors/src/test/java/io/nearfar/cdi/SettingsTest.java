package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.EternalExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What settings do to the caches of annotations. */
@Timeout(120)
class SettingsTest {
    private final Set<String> set = new LinkedHashSet<>();

    @AfterEach
    void unset() {
        set.forEach(System::clearProperty);
    }

    @Singleton
    public static class News {
        final AtomicInteger calls = new AtomicInteger();

        @CacheResult(cacheName = "news")
        public int read(int id) {
            return calls.incrementAndGet();
        }

        @CacheResult(cacheName = "gone")
        @CacheTags("news:{id}")
        public @Nullable String gone(int id) {
            calls.incrementAndGet();
            return null;
        }

        @CacheResult(cacheName = "prices")
        public String price(int id) {
            if (calls.incrementAndGet() > 1) {
                throw new IllegalStateException("the shop is away");
            }
            return "old";
        }
    }

    @Test
    void methodThatFails_isAnsweredWithTheOldValue_inItsGrace() {
        set("nearfar.cache.prices.ttl", "20ms");
        set("nearfar.cache.prices.grace", "1h");
        set("nearfar.cache.prices.fail-safe.throttle", "1h");
        try (Application application = Application.of(News.class)) {
            News news = application.bean(News.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> news.price(1).equals("old") && news.calls.get() == 2);
            assertThat(news.price(1)).isEqualTo("old");
            assertThat(news.calls).hasValue(2);
            application.cache("prices").clear();
            assertThat(catchThrowable(() -> news.price(1))).hasMessage("the shop is away");
        }
    }

    @Test
    void methodThatReturnsNull_isNotCalledAgain_untilItsTagIsInvalidated() {
        set("nearfar.cache.gone.ttl.negative", "1h");
        try (Application application = Application.of(News.class)) {
            News news = application.bean(News.class);
            assertThat(news.gone(1)).isNull();
            assertThat(news.gone(1)).isNull();
            assertThat(news.calls).hasValue(1);
            application.cache("gone").unwrap(NearfarCache.class).invalidateTag("news:2");
            news.gone(1);
            assertThat(news.calls).hasValue(1);
            application.cache("gone").unwrap(NearfarCache.class).invalidateTag("news:1");
            news.gone(1);
            assertThat(news.calls).hasValue(2);
        }
    }

    /** Its caller's request and transaction would be gone. */
    @Test
    void method_isNeverCalledInTheBackground() {
        set("nearfar.cache.news.ttl", "20s");
        set("nearfar.cache.news.refresh-ahead", "99%");
        try (Application application = Application.of(News.class)) {
            News news = application.bean(News.class);
            news.read(1);
            await().during(Duration.ofMillis(300)).until(() -> news.read(1) == 1 && news.calls.get() == 1);
        }
    }

    @Test
    void annotationCache_takesTheTemplate() {
        set("nearfar.template.default.ttl", "100ms");
        try (Application application = Application.of(News.class)) {
            News news = application.bean(News.class);
            news.read(1);

            await().atMost(Duration.ofSeconds(30)).until(() -> news.read(1) == 2);
        }
    }

    @Test
    void annotationCache_settingOfItsName_goesFirst() {
        set("nearfar.cache.news.ttl", "100ms");
        try (Application application = Application.of(News.class)) {
            News news = application.bean(News.class);
            news.read(1);

            await().atMost(Duration.ofSeconds(30)).until(() -> news.read(1) == 2);
        }
    }

    /** The rule speaks of the arguments, which make the key. */
    @Test
    void keyThatBreaksTheRule_isNotStored_andTheMethodIsCalled() {
        set("nearfar.cache.news.keys.strict", "[a-z:]");
        try (Application application = Application.of(News.class)) {
            News news = application.bean(News.class);
            assertThat(news.read(1)).isEqualTo(1);
            assertThat(news.read(1)).isEqualTo(2);
        }
        set("nearfar.cache.news.keys.strict", "[0-9:]");
        try (Application application = Application.of(News.class)) {
            News news = application.bean(News.class);
            assertThat(news.read(1)).isEqualTo(1);
            assertThat(news.read(1)).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("unchecked") // JSR-107 gives no other way to ask for a configuration
    void cacheThatCodeCreatedFirst_keepsItsConfiguration() {
        try (Application application = Application.of(News.class)) {
            MutableConfiguration<Object, Object> configuration = new MutableConfiguration<>()
                    .setStatisticsEnabled(true)
                    .setExpiryPolicyFactory(EternalExpiryPolicy.factoryOf());
            application.manager().createCache("news", configuration);
            application.bean(News.class).read(1);

            CompleteConfiguration<?, ?> kept = application.cache("news").getConfiguration(CompleteConfiguration.class);
            assertThat(kept.isStatisticsEnabled()).isTrue();
            assertThat(application.cache("news")).hasSize(1);
        }
    }

    @Test
    void wrongSetting_failsTheDeployment() {
        set("nearfar.mode", "sideways");

        Throwable failure = catchThrowable(() -> Application.of(News.class).close());

        assertThat(failure).hasStackTraceContaining("nearfar.mode").hasStackTraceContaining("sideways");
    }

    @Test
    void refusedPassword_failsTheDeploymentAndIsNotShown() throws Exception {
        try (LocalRedis server = LocalRedis.start("requirepass right")) {
            set("nearfar.address", server.address().replace("redis://", "redis://:wrong-secret@"));

            Throwable failure = catchThrowable(() -> Application.of(News.class).close());

            assertThat(failure).isNotNull();
            assertThat(failure).hasStackTraceContaining(server.address().replace("redis://", ""));
            assertThat(failure.toString()).doesNotContain("wrong-secret");
            unset();
            try (Application next = Application.of(News.class)) {
                assertThat(next.bean(News.class).read(1)).isOne();
            }
        }
    }

    private void set(String key, String value) {
        System.setProperty(key, value);
        set.add(key);
    }
}
