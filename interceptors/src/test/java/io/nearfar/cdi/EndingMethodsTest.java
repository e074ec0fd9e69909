package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Tier;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.cache.GeneratedKey;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.spi.NearfarCachingProvider;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.CacheException;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every annotation and method by which one node ends entries softly: the other node, which has a copy near, serves that no more, and
 * answers with what is kept where its load fails.
 */
@Timeout(120)
class EndingMethodsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ID = "rome";
    private static final GeneratedKey KEY = GeneratedKey.of(ID);
    private static final Callable<Object> FAILING = () -> {
        throw new IllegalStateException("the archive is away");
    };

    private static final Map<String, String> SETTINGS = Map.of(
            "grace", "1h",
            "fail-safe.throttle", "0",
            "near.ttl", "1h", // what ends here ends by a message, and not by its stay
            "deadline", "9s",
            "connect-timeout", "9s");

    private static LocalRedis server;

    private final NearfarCachingProvider provider = new NearfarCachingProvider();
    private Application application;
    private Articles articles;
    private NearfarCache<Object, Object> other;

    /** Declares what ends softly. */
    @Dependent
    public static class Declarations {
        private static InvalidationDeclaration softly(String name) {
            return InvalidationDeclaration.of(name, "id").withCaches("articles").withSoft();
        }

        @Produces
        InvalidationDeclaration byTag() {
            return softly("by-tag").withTags("article:{id}");
        }

        @Produces
        InvalidationDeclaration byKey() {
            return softly("by-key").withKeys("{id}");
        }

        @Produces
        InvalidationDeclaration byPrefix() {
            return softly("by-prefix").withPrefixes("{id}");
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "articles")
    public static class Articles {
        volatile String edition = "first";
        volatile boolean away;

        @CacheResult
        @CacheTags("article:{id}")
        public String find(String id) {
            if (away) {
                throw new IllegalStateException("the archive is away");
            }
            return edition;
        }

        @InvalidateTags(value = "article:{id}", soft = true)
        public void endByTag(String id) {}

        @InvalidateTags(value = "article:{id}", soft = true, afterInvocation = false)
        public void endByTagBefore(String id) {}

        @InvalidateTags(value = "article:{id}", soft = true)
        public CompletionStage<Void> endByTagLater(String id) {
            return CompletableFuture.completedFuture(null);
        }

        @InvalidatePattern(value = "{id}", soft = true)
        public void endByPattern(String id) {}

        @InvalidatePattern(prefixes = "{id}", soft = true)
        public void endByPrefix(String id) {}

        @Invalidate("by-tag")
        public void endByNameOfTag(String id) {}

        @Invalidate("by-key")
        public void endByNameOfKey(String id) {}

        @Invalidate("by-prefix")
        public void endByNameOfPrefix(String id) {}
    }

    /** How entries end softly. */
    enum Way {
        TAG_ANNOTATION(test -> test.articles.endByTag(ID)),
        TAG_ANNOTATION_BEFORE(test -> test.articles.endByTagBefore(ID)),
        TAG_ANNOTATION_OF_A_STAGE(test -> joined(test.articles.endByTagLater(ID))),
        PATTERN_ANNOTATION(test -> test.articles.endByPattern(ID)),
        PREFIX_ANNOTATION(test -> test.articles.endByPrefix(ID)),
        NAME_OF_A_TAG(test -> test.articles.endByNameOfTag(ID)),
        NAME_OF_A_KEY(test -> test.articles.endByNameOfKey(ID)),
        NAME_OF_A_PREFIX(test -> test.articles.endByNameOfPrefix(ID)),
        NAMED_METHOD(test -> test.manager().invalidate("by-tag", ID)),
        EXPIRE(test -> assertThat(test.cache().expire(KEY)).isTrue()),
        EXPIRE_TAG(test -> test.cache().expireTag("article:" + ID)),
        EXPIRE_TAGS(test -> test.cache().expireTags(Set.of("other", "article:" + ID))),
        EXPIRE_PATTERN(test -> assertThat(test.cache().expirePattern("r?me")).isOne()),
        EXPIRE_PREFIX(test -> assertThat(test.cache().expirePrefix("ro")).isOne()),
        START_PATTERN(test -> joined(test.cache()
                .startExpiringPattern("r*", InvalidationPace.DEFAULT)
                .done())),
        START_PREFIX(test -> joined(test.cache()
                .startExpiringPrefix("rom", InvalidationPace.DEFAULT)
                .done())),
        ASYNC_EXPIRE(test -> joined(test.cache().async().expire(KEY))),
        ASYNC_TAG(test -> joined(test.cache().async().expireTag("article:" + ID))),
        ASYNC_PATTERN(test -> joined(test.cache().async().expirePattern("*ome"))),
        ASYNC_PREFIX(test -> joined(test.cache().async().expirePrefix("r")));

        private final Consumer<EndingMethodsTest> end;

        Way(Consumer<EndingMethodsTest> end) {
            this.end = end;
        }
    }

    private static void joined(CompletionStage<?> stage) {
        stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = LocalRedis.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void start() {
        Properties settings = new Properties();
        SETTINGS.forEach((key, value) -> settings.setProperty("nearfar." + key, value));
        settings.setProperty("nearfar.address", server.address());
        settings.setProperty("nearfar.prefix", "endings-" + UUID.randomUUID());
        settings.stringPropertyNames().forEach(key -> System.setProperty(key, settings.getProperty(key)));
        application = Application.of(Articles.class, Declarations.class);
        articles = application.bean(Articles.class);
        other = await().atMost(SOON)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> opened(settings), open -> true);
    }

    @SuppressWarnings("unchecked")
    private NearfarCache<Object, Object> opened(Properties settings) {
        return provider.getCacheManager(null, null, settings)
                .createCache("articles", new MutableConfiguration<>())
                .unwrap(NearfarCache.class);
    }

    @AfterEach
    void stop() {
        provider.close();
        application.close();
        SETTINGS.keySet().forEach(key -> System.clearProperty("nearfar." + key));
        List.of("address", "prefix").forEach(key -> System.clearProperty("nearfar." + key));
    }

    private NearfarManager manager() {
        return application.manager().unwrap(NearfarManager.class);
    }

    @SuppressWarnings("unchecked")
    private NearfarCache<Object, Object> cache() {
        return application.manager().getCache("articles").unwrap(NearfarCache.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatOneNodeEndsSoftly_theOtherServesNoMore_andAnswersWithWhereItsLoadFails(Way way) throws Exception {
        assertThat(articles.find(ID)).isEqualTo("first");
        await().atMost(SOON)
                .until(() ->
                        "first".equals(other.get(KEY)) && other.explain(KEY).answers() == Tier.NEAR);

        way.end.accept(this);

        await().atMost(SOON).until(() -> other.get(KEY) == null);
        assertThat(other.containsKey(KEY)).isFalse();
        assertThat(cache().get(KEY)).as("here").isNull();
        assertThat(other.getOrLoad(KEY, FAILING)).as("kept").isEqualTo("first");
        assertThat(other.get(KEY)).as("after the load that failed").isNull();
        articles.away = true;
        assertThat(articles.find(ID)).as("kept, here").isEqualTo("first");

        articles.away = false;
        articles.edition = "second";
        assertThat(articles.find(ID)).isEqualTo("second");
        assertThat(other.get(KEY)).isEqualTo("second");
    }
}
