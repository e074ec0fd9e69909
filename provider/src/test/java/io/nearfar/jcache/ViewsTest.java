package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.io.Closeable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How views of a cache come and go. */
@Timeout(120)
class ViewsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void version_ofTheSetting_isTheCacheItself() {
        try (Application application = Application.in(Mode.NEAR, "nearfar.cache.c*.version", "7")) {
            NearfarCache<String, String> cache = application.cache();
            assertThat(cache.version()).isEqualTo(7);
            assertThat(cache.version(7)).isSameAs(cache);
            assertThat(cache.version(0).version()).isZero();
            assertThat(cache.version(0).version(7)).isSameAs(cache);
            assertThat(cache.version(0)).isNotSameAs(cache);
        }
    }

    @Test
    void version_askedForTwice_isTheSameViewUntilItIsClosed() {
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            assertThat(cache.version(2)).isSameAs(view);
            assertThat(cache.version(3).version(2)).isSameAs(view);
            assertThat(view.getName()).isEqualTo("cities");
            assertThat(view.getCacheManager()).isSameAs(cache.getCacheManager());
            view.put("k", "2");
            view.close();
            assertThat(view.isClosed()).isTrue();
            assertThat(cache.isClosed()).isFalse();
            assertThat(cache.version(2)).isNotSameAs(view);
            assertThat(cache.version(2).get("k")).isEqualTo("2");
            assertThatThrownBy(() -> view.get("k")).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void close_ofTheCache_closesItsViews(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            cache.close();
            assertThat(view.isClosed()).isTrue();
            assertThatThrownBy(() -> view.version(3)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> cache.version(3)).isInstanceOf(IllegalStateException.class);
            NearfarCache<String, String> again = application.cache();
            NearfarCache<String, String> anew = again.version(2);
            application.manager().close();
            assertThat(anew.isClosed()).isTrue();
        }
    }

    @Test
    void version_beyondTheMost_isRefusedUntilOneIsClosed() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            for (int version = 1; version <= Views.MOST; version++) {
                cache.version(version).put("k", "v");
            }
            assertThatThrownBy(() -> cache.version(99))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessage(
                            "Cache cities cannot be opened in version 99 too: 16 views of it are open, in versions 1, 2,"
                                    + " 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16; close one that is done with");
            cache.version(5).close();
            assertThat(cache.version(99).get("k")).isNull();
        }
    }

    @Test
    void version_belowZero_isRefused() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            assertThatThrownBy(() -> cache.version(-1))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cache cities has no version -1; versions are 0 and above");
        }
    }

    @ParameterizedTest
    @EnumSource
    void destroyVersion_leavesTheCacheAndOtherVersions(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarManager manager = application.manager().unwrap(NearfarManager.class);
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            cache.put("k", "0");
            view.put("k", "2");
            cache.version(3).put("k", "3");
            manager.destroyVersion("cities", 2);
            assertThat(view.isClosed()).isTrue();
            assertThat(cache.get("k")).isEqualTo("0");
            assertThat(cache.version(3).get("k")).isEqualTo("3");
            assertThat(cache.version(2).get("k")).isNull();
            manager.destroyVersion("cities", 0);
            assertThat(cache.isClosed()).isTrue();
            assertThat(manager.getCacheNames()).isEmpty();
        }
    }

    @Test
    void destroyVersion_ofWhatIsNotThere_isRefused() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarManager manager = application.manager().unwrap(NearfarManager.class);
            application.cache();
            assertThatThrownBy(() -> manager.destroyVersion("towns", 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("There is no cache towns in manager ");
            assertThatThrownBy(() -> manager.destroyVersion("cities", -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> manager.destroyVersion(null, 2)).isInstanceOf(NullPointerException.class);
            manager.close();
            assertThatThrownBy(() -> manager.destroyVersion("cities", 2)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A listener whose end takes until it is allowed. */
    private static final class SlowEnd implements CacheEntryCreatedListener<String, String>, Closeable {
        private final CountDownLatch ending = new CountDownLatch(1);
        private final CountDownLatch allowed = new CountDownLatch(1);

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}

        @Override
        public void close() {
            ending.countDown();
            try {
                allowed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A view that is closed in part would be taken down beside a new one of the same name. */
    @Test
    void close_thatMustWait_hasNotBegun() throws Exception {
        SlowEnd slow = new SlowEnd();
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            NearfarCache<String, String> other = cache.version(3);
            other.registerCacheEntryListener(
                    new MutableCacheEntryListenerConfiguration<>(() -> slow, null, false, true));
            Thread first = new Thread(other::close);
            Thread second = new Thread(view::close);
            try {
                first.start();
                slow.ending.await();
                second.start();
                await().atMost(SOON).until(() -> second.getState() == Thread.State.BLOCKED);
                assertThat(view.isClosed()).isFalse();
                assertThat(cache.version(2)).isSameAs(view);
                assertThat(view.putIfAbsent("k", "2")).isTrue();
            } finally {
                slow.allowed.countDown();
            }
            first.join();
            second.join();
            assertThat(view.isClosed()).isTrue();
            assertThat(cache.version(2)).isNotSameAs(view);
            assertThat(cache.version(2).get("k")).isEqualTo("2");
        }
    }

    @Test
    void version_askedForByManyThreads_isOneView() {
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache();
            for (int round = 1; round <= 20; round++) {
                int version = round;
                Set<NearfarCache<String, String>> views = IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> cache.version(version)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .collect(Collectors.toSet());
                assertThat(views).hasSize(1);
                views.forEach(Cache::close);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void views_takeNoThread(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.version(1).put("k", "v");
            int before = threads();
            for (int version = 2; version <= Views.MOST; version++) {
                cache.version(version).put("k", "v");
                cache.version(version).get("k");
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(before));
        }
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("nearfar"))
                .count();
    }
}
