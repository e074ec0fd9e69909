package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarManager;
import io.nearfar.Warmer;
import io.nearfar.Warming;
import io.nearfar.WarmingProgress;
import io.nearfar.cdi.annotation.CacheWarmer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code @CacheWarmer}: beans that fill caches. */
@Timeout(120)
class BeanWarmersTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RequestScoped
    public static class Request {
        String city() {
            return "Lima";
        }
    }

    @ApplicationScoped
    @CacheWarmer(cache = "warmed-populations", name = "capitals", keysPerSecond = 1_000)
    public static class Capitals implements Warmer<String, Integer> {
        @Inject
        Request request;

        @Override
        public void warm(Warming<String, Integer> warming) {
            warming.load(request.city(), context -> 10);
        }
    }

    /** What a method answers; no type that the JDK or a declaration vouches for. */
    public record Town(String name) implements Serializable {}

    @Singleton
    public static class Towns {
        final AtomicInteger calls = new AtomicInteger();

        @CacheResult(cacheName = "warmed-towns")
        public Town of(String name) {
            calls.incrementAndGet();
            return new Town(name);
        }
    }

    @Singleton
    @CacheWarmer(cache = "warmed-towns")
    public static class AllTowns implements Warmer<Object, Object> {
        @Inject
        Towns towns;

        @Override
        public void warm(Warming<Object, Object> warming) {
            warming.call(() -> towns.of("Callao"));
        }
    }

    @Singleton
    @CacheWarmer(cache = "warmed-often", every = "1s")
    public static class Often implements Warmer<String, Integer> {
        final AtomicInteger runs = new AtomicInteger();

        @Override
        public void warm(Warming<String, Integer> warming) {
            runs.incrementAndGet();
        }
    }

    /** With nothing said of it there is one run. */
    @Test
    void bean_runsAgain_asOftenAsItsAnnotationSays() {
        try (Application application = Application.of(Often.class)) {
            Often often = application.bean(Often.class);
            await().atMost(SOON).until(() -> often.runs.get() >= 2);
        }
    }

    private static WarmingProgress progress(Application application) {
        List<WarmingProgress> all =
                application.manager().unwrap(NearfarManager.class).warmings();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void bean_fillsItsCache_whenTheApplicationHasStarted() {
        try (Application application = Application.of(Capitals.class, Request.class)) {
            await().atMost(SOON).until(() -> progress(application).state() == WarmingProgress.State.DONE);
            assertThat(progress(application))
                    .extracting(WarmingProgress::name, WarmingProgress::cache, WarmingProgress::loaded)
                    .containsExactly("capitals", "warmed-populations", 1L);
            assertThat(application.cache("warmed-populations").get("Lima")).isEqualTo(10);
        }
    }

    @Test
    void annotatedMethod_thatAWarmerCalls_isNotCalledAgain() {
        try (Application application = Application.of(AllTowns.class, Towns.class)) {
            await().atMost(SOON).until(() -> progress(application).state() == WarmingProgress.State.DONE);
            assertThat(progress(application).name()).isEqualTo("AllTowns");
            Towns towns = application.bean(Towns.class);
            assertThat(towns.of("Callao")).isEqualTo(new Town("Callao"));
            assertThat(towns.calls).hasValue(1);
        }
    }

    @ApplicationScoped
    @CacheWarmer(cache = "a")
    public static class NoWarmer {}

    @ApplicationScoped
    @CacheWarmer(cache = "a", every = "sometimes")
    public static class Sometimes extends Capitals {}

    @ApplicationScoped
    @CacheWarmer(cache = "a", name = "two words")
    public static class TwoWords extends Capitals {}

    @ApplicationScoped
    @CacheWarmer(cache = "a", name = "same")
    public static class First extends Capitals {}

    @ApplicationScoped
    @CacheWarmer(cache = "a", name = "same")
    public static class Second extends Capitals {}

    @Test
    void mistakes_failTheDeployment_allTogether() {
        Throwable thrown = catchThrowable(() -> Application.of(
                        NoWarmer.class, Sometimes.class, TwoWords.class, First.class, Second.class, Request.class)
                .close());
        assertThat(thrown)
                .hasStackTraceContaining("NF0800 4 mistake(s)")
                .hasStackTraceContaining("NF0867 @CacheWarmer at " + NoWarmer.class.getName() + ", whose bean is no")
                .hasStackTraceContaining("NF0868 @CacheWarmer at " + Sometimes.class.getName()
                        + " cannot be used: \"sometimes\" is no length of time")
                .hasStackTraceContaining("two words; it must be 1 to 64 letters")
                .hasStackTraceContaining("NF0869 @CacheWarmer at ")
                .hasStackTraceContaining("has the name same too; give one of them another");
    }
}
