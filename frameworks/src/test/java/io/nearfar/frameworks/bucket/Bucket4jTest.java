package io.nearfar.frameworks.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.grid.jcache.CompatibilityTest;
import io.nearfar.frameworks.FrameworkPage;
import io.nearfar.testing.RealRedis;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bucket4j keeps its buckets in a cache of Nearfar, for two nodes. */
@Timeout(120)
class Bucket4jTest {
    private static final int TOKENS = 200;

    private static RealRedis redis;
    private static CacheManager first;
    private static CacheManager second;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        first = manager("first");
        second = manager("second");
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        redis.close();
    }

    private static CacheManager manager(String name) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.address", redis.address());
        settings.setProperty("nearfar.application", "limits");
        settings.setProperty("nearfar.deadline", "9s");
        return Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider")
                .getCacheManager(URI.create("bucket4j-" + name), null, settings);
    }

    private static Cache<String, byte[]> buckets(CacheManager manager) {
        Cache<String, byte[]> known = manager.getCache("buckets", String.class, byte[].class);
        return known == null
                ? manager.createCache(
                        "buckets", new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class))
                : known;
    }

    /** Bucket4j's own check of a provider. */
    @Test
    void provider_passesTheCheckOfBucket4j() {
        Cache<String, Integer> cache = first.createCache("check-" + UUID.randomUUID(), new MutableConfiguration<>());
        assertThatCode(() -> new CompatibilityTest(cache).test()).doesNotThrowAnyException();
    }

    @Test
    void bucketOfTwoNodes_givesNoTokenTwice() throws Exception {
        String key = UUID.randomUUID().toString();
        BucketConfiguration limit = BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth.capacity(TOKENS).refillIntervally(TOKENS, Duration.ofDays(1)))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> taken = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ProxyManager<String> proxies = Bucket4jJCache.entryProcessorBasedBuilder(
                                buckets(i % 2 == 0 ? first : second))
                        .build();
                Bucket bucket = proxies.builder().build(key, () -> limit);
                Callable<Integer> taking = () -> {
                    int own = 0;
                    for (int turn = 0; turn < TOKENS / 4; turn++) {
                        own += bucket.tryConsume(1) ? 1 : 0;
                    }
                    return own;
                };
                taken.add(threads.submit(taking));
            }
            int all = 0;
            for (Future<Integer> own : taken) {
                all += own.get();
            }
            assertThat(all).isEqualTo(TOKENS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void classesOfThePage_compile() throws Exception {
        for (String source : FrameworkPage.of("bucket4j").javaBlocks()) {
            Path file = Files.writeString(folder.resolve(FrameworkPage.classOf(source) + ".java"), source);
            String[] words = {
                "-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"), file.toString()
            };
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words))
                    .isZero();
        }
    }
}
