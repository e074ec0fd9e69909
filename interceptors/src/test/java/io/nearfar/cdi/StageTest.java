package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods that answer with a stage. */
@Timeout(120)
class StageTest {
    private final Application application = Application.of(Weather.class);
    private final Weather weather = application.bean(Weather.class);

    @AfterEach
    void stop() {
        application.close();
    }

    @Singleton
    public static class Weather {
        final AtomicInteger calls = new AtomicInteger();
        volatile CompletableFuture<String> answer = new CompletableFuture<>();

        @CacheResult(cacheName = "weather")
        public CompletionStage<String> at(String place) {
            calls.incrementAndGet();
            return answer;
        }

        @CacheResult(cacheName = "weather")
        public CompletableFuture<String> futureAt(String place) {
            calls.incrementAndGet();
            return answer;
        }

        @CacheResult(cacheName = "weather", skipGet = true)
        public CompletionStage<String> now(String place) {
            calls.incrementAndGet();
            return answer;
        }

        @CacheResult(cacheName = "careful", exceptionCacheName = "storms", nonCachedExceptions = IOException.class)
        public CompletionStage<String> careful(String place) {
            calls.incrementAndGet();
            return answer;
        }

        @CacheResult(cacheName = "careful", exceptionCacheName = "storms", skipGet = true)
        public CompletionStage<String> carefulNow(String place) {
            calls.incrementAndGet();
            return answer;
        }

        @CacheResult(cacheName = "rash")
        public CompletionStage<String> rash(String place) throws IOException {
            calls.incrementAndGet();
            throw new IOException("no forecast");
        }

        @CacheResult(cacheName = "nothing")
        public CompletionStage<String> nothing(String place) {
            calls.incrementAndGet();
            return null;
        }

        @CachePut(cacheName = "weather")
        public CompletionStage<String> report(String place, @CacheValue String value) {
            return answer;
        }

        @CacheRemove(cacheName = "weather")
        public CompletableFuture<String> forget(String place) {
            return answer;
        }

        @CacheRemove(cacheName = "weather", evictFor = IOException.class)
        public CompletableFuture<String> forgetForIo(String place) {
            return answer;
        }
    }

    @Test
    void call_hit_completesWithTheValueNotTheStage() throws Exception {
        weather.answer.complete("sun");

        assertThat(get(weather.at("sea"))).isEqualTo("sun");
        assertThat(get(weather.at("sea"))).isEqualTo("sun");
        assertThat(get(weather.futureAt("sea"))).isEqualTo("sun");
        assertThat(weather.calls).hasValue(1);
        assertThat(application.cache("weather").get(GeneratedKey.of("sea"))).isEqualTo("sun");
    }

    @Test
    void call_miss_returnsBeforeTheStageIsComplete() throws Exception {
        CompletionStage<String> stage = weather.at("sea");

        assertThat(stage.toCompletableFuture()).isNotDone();
        assertThat(application.cache("weather").containsKey(GeneratedKey.of("sea")))
                .isFalse();
        weather.answer.complete("rain");
        assertThat(get(stage)).isEqualTo("rain");
        assertThat(get(weather.at("sea"))).isEqualTo("rain");
        assertThat(weather.calls).hasValue(1);
    }

    @Test
    void call_whileAnotherIsUnderWay_joinsIt() throws Exception {
        CompletionStage<String> one = weather.at("sea");
        CompletionStage<String> two = weather.at("sea");
        assertThat(two).isNotSameAs(one);
        assertThat(weather.calls).hasValue(1);

        weather.answer.complete("rain");
        assertThat(get(one)).isEqualTo("rain");
        assertThat(get(two)).isEqualTo("rain");
    }

    @Test
    void call_callerCompletesItsStage_othersDoNotSeeIt() throws Exception {
        CompletableFuture<String> mine = weather.futureAt("sea");
        CompletableFuture<String> other = weather.futureAt("sea");
        mine.complete("my own");
        weather.answer.complete("rain");

        assertThat(get(other)).isEqualTo("rain");
        assertThat(get(weather.at("sea"))).isEqualTo("rain");
    }

    @Test
    void call_removedWhileUnderWay_resultNotStored() throws Exception {
        CompletionStage<String> stage = weather.at("sea");
        application.cache("weather").remove(GeneratedKey.of("sea"));
        weather.answer.complete("old");
        assertThat(get(stage)).isEqualTo("old");

        weather.answer = CompletableFuture.completedFuture("new");
        assertThat(get(weather.at("sea"))).isEqualTo("new");
    }

    @Test
    void call_stageFails_failureUnchangedAndNotStored() {
        IOException failure = new IOException("storm");
        weather.answer.completeExceptionally(failure);

        assertThatThrownBy(() -> get(weather.at("sea")))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
        assertThatThrownBy(() -> get(weather.at("sea"))).hasCause(failure);
        assertThat(weather.calls).hasValue(2);
    }

    @Test
    void call_joinedStageFails_bothFailAndOneCall() {
        CompletionStage<String> one = weather.at("sea");
        CompletionStage<String> two = weather.at("sea");
        IllegalStateException failure = new IllegalStateException("storm");
        weather.answer.completeExceptionally(failure);

        assertThatThrownBy(() -> get(one)).hasCause(failure);
        assertThatThrownBy(() -> get(two)).hasCause(failure);
        assertThat(weather.calls).hasValue(1);
    }

    @Test
    void call_nullValue_isMiss() throws Exception {
        weather.answer.complete(null);

        assertThat(get(weather.at("sea"))).isNull();
        assertThat(get(weather.at("sea"))).isNull();
        assertThat(weather.calls).hasValue(2);
    }

    @Test
    void call_nullStage_completesWithNull() throws Exception {
        assertThat(get(weather.nothing("sea"))).isNull();
    }

    @Test
    void call_methodThrows_stageFails() throws Exception {
        CompletionStage<String> stage = weather.rash("sea");

        assertThatThrownBy(() -> get(stage)).cause().isExactlyInstanceOf(IOException.class);
    }

    @Test
    void call_skipGet_calledAndStored() throws Exception {
        weather.answer.complete("old");
        get(weather.at("sea"));
        weather.answer = CompletableFuture.completedFuture("new");

        assertThat(get(weather.now("sea"))).isEqualTo("new");
        assertThat(get(weather.at("sea"))).isEqualTo("new");
    }

    @Test
    void exceptions_stageFails_storedAndFailsAgainWithoutCall() throws Exception {
        weather.answer.completeExceptionally(new IllegalStateException("storm"));
        assertThatThrownBy(() -> get(weather.careful("sea"))).cause().hasMessage("storm");
        weather.answer = CompletableFuture.completedFuture("sun");

        assertThatThrownBy(() -> get(weather.careful("sea")))
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("storm");
        assertThat(weather.calls).hasValue(1);
        assertThat(get(weather.carefulNow("sea"))).isEqualTo("sun");
        assertThat(get(weather.careful("sea"))).isEqualTo("sun");
        assertThat(weather.calls).hasValue(2);
    }

    @Test
    void exceptions_filtered_notStored() throws Exception {
        weather.answer.completeExceptionally(new IOException("storm"));
        assertThatThrownBy(() -> get(weather.careful("sea"))).cause().hasMessage("storm");
        weather.answer = CompletableFuture.completedFuture("sun");

        assertThat(get(weather.careful("sea"))).isEqualTo("sun");
    }

    @Test
    void put_storesOnceTheStageIsComplete() throws Exception {
        CompletionStage<String> stage = weather.report("sea", "fog");
        assertThat(stage.toCompletableFuture()).isNotDone();
        assertThat(application.manager().getCacheNames()).isEmpty();

        weather.answer.complete("reported");
        assertThat(get(stage)).isEqualTo("reported");
        assertThat(application.cache("weather").get(GeneratedKey.of("sea"))).isEqualTo("fog");
    }

    @Test
    void remove_stageFails_removesAsTheFilterSays() throws Exception {
        application.manager().createCache("weather", new MutableConfiguration<>());
        application.cache("weather").put(GeneratedKey.of("sea"), "fog");
        weather.answer.completeExceptionally(new IOException("storm"));

        assertThatThrownBy(() -> get(weather.forget("sea"))).cause().hasMessage("storm");
        assertThat(application.cache("weather").containsKey(GeneratedKey.of("sea")))
                .isTrue();
        assertThatThrownBy(() -> get(weather.forgetForIo("sea"))).cause().hasMessage("storm");
        assertThat(application.cache("weather").containsKey(GeneratedKey.of("sea")))
                .isFalse();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
