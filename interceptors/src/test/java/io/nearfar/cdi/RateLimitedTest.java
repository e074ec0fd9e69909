package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.Limit;
import io.nearfar.QuotaUse;
import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where limits stand, and what holds for the calls of the methods there. Every limit is two calls an hour. */
@Timeout(120)
class RateLimitedTest {
    private static final String PREFIX = RateLimitedTest.class.getName() + "$";

    @Singleton
    public static class AtMethod {
        @RateLimited(limit = 2, window = "1h")
        public String one() {
            return "one";
        }

        @RateLimited(limit = 2, window = "1h")
        public String other() {
            return "other";
        }

        public String free() {
            return "free";
        }
    }

    @Singleton
    @RateLimited(limit = 2, window = "1h")
    public static class AtClass {
        public String one() {
            return "one";
        }

        public String other() {
            return "other";
        }

        @Override
        public String toString() {
            return "no business of others";
        }
    }

    @Singleton
    public static class Repeated {
        @RateLimited(name = "many", limit = 100)
        @RateLimited(name = "few", limit = 2, window = "1h")
        public String one() {
            return "one";
        }
    }

    @Singleton
    @RateLimited(name = "of-class", limit = 2, window = "1h")
    public static class ClassAndMethod {
        @RateLimited(name = "of-method", limit = 1, window = "1h")
        public String one() {
            return "one";
        }

        public String other() {
            return "other";
        }
    }

    public abstract static class Base {
        @RateLimited(limit = 2, window = "1h")
        public String one() {
            return "one";
        }
    }

    @Singleton
    public static class Inheriting extends Base {}

    @Singleton
    public static class AlsoInheriting extends Base {}

    @Singleton
    public static class Overriding extends Base {
        @Override
        public String one() {
            return "own";
        }
    }

    @RateLimited(limit = 2, window = "1h")
    public abstract static class LimitedBase {
        public String one() {
            return "one";
        }
    }

    @Singleton
    public static class InheritingClass extends LimitedBase {}

    @RateLimited(name = "a", limit = 1, window = "1h")
    @RateLimited(name = "b", limit = 1, window = "1h")
    public abstract static class TwiceLimitedBase {
        public String one() {
            return "one";
        }
    }

    @Singleton
    @RateLimited(name = "c", limit = 2, window = "1h")
    public static class ReplacingClass extends TwiceLimitedBase {}

    /** What other beans know of {@link Shelf}. */
    public interface Finder<K> {
        String find(K key);
    }

    public abstract static class Store<K> implements Finder<K> {
        @Override
        @RateLimited(limit = 2, window = "1h", fallbackMethod = "instead")
        public String find(K key) {
            return "found " + key;
        }
    }

    @ApplicationScoped
    public static class Shelf extends Store<Integer> {
        String instead(Integer key) {
            return "instead of " + key;
        }
    }

    @Stereotype
    @RateLimited(limit = 2, window = "1h")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Limited {}

    @Singleton
    @Limited
    public static class Stereotyped {
        public String one() {
            return "one";
        }
    }

    @Singleton
    public static class Later {
        @RateLimited(limit = 2, window = "1h")
        public CompletionStage<String> stage() {
            return CompletableFuture.completedStage("stage");
        }

        @RateLimited(limit = 2, window = "1h")
        public CompletableFuture<String> completable() {
            return CompletableFuture.completedFuture("completable");
        }

        @RateLimited(limit = 2, window = "1h")
        public Future<String> future() {
            return CompletableFuture.completedFuture("future");
        }
    }

    private record Place<T>(Class<T> bean, Function<T, Object> call) {
        Object callOf(Application application) {
            return call.apply(application.bean(bean));
        }
    }

    static Stream<Arguments> places() {
        return Stream.of(
                place("method", AtMethod.class, AtMethod::one),
                place("class", AtClass.class, AtClass::one),
                place("repeated", Repeated.class, Repeated::one),
                place("class beside a method with its own", ClassAndMethod.class, ClassAndMethod::other),
                place("inherited method", Inheriting.class, Inheriting::one),
                place("inherited class", InheritingClass.class, InheritingClass::one),
                place("class in place of the superclass's two", ReplacingClass.class, ReplacingClass::one),
                place("stereotype", Stereotyped.class, Stereotyped::one),
                place("stage", Later.class, later -> now(later.stage())),
                place("completable future", Later.class, later -> now(later.completable())),
                place("future", Later.class, later -> now((CompletionStage<?>) later.future())));
    }

    private static <T> Arguments place(String name, Class<T> bean, Function<T, Object> call) {
        return arguments(name, new Place<>(bean, call));
    }

    /** Returns what a stage is complete with by now, or throws what it failed with. */
    private static Object now(CompletionStage<?> stage) {
        assertThat(stage.toCompletableFuture()).isDone();
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void call_beyondTheLimit_isRefused(String name, Place<?> place) {
        try (Application application = Application.of(place.bean())) {
            assertThat(place.callOf(application)).isInstanceOf(String.class);
            assertThat(place.callOf(application)).isInstanceOf(String.class);
            assertThatThrownBy(() -> place.callOf(application)).isInstanceOf(RateLimitExceededException.class);
        }
    }

    @Test
    void refusal_tellsLimitAndWait() {
        try (Application application = Application.of(AtMethod.class)) {
            AtMethod bean = application.bean(AtMethod.class);
            bean.one();
            bean.one();

            assertThatThrownBy(bean::one)
                    .isInstanceOfSatisfying(RateLimitExceededException.class, refusal -> {
                        assertThat(refusal.decision().admitted()).isFalse();
                        assertThat(refusal.violated())
                                .extracting(QuotaUse::permits, QuotaUse::remaining)
                                .containsExactly(tuple(2L, 0L));
                        assertThat(refusal.retryAfter()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
                    })
                    .hasMessageContaining(PREFIX + "AtMethod.one() allows 2 in 3600 s")
                    .hasMessageContaining("try again in");
        }
    }

    @Test
    void methods_haveLimitsOfTheirOwn_andOthersNone() {
        try (Application application = Application.of(AtMethod.class)) {
            AtMethod bean = application.bean(AtMethod.class);
            bean.one();
            bean.one();

            assertThat(bean.other()).isEqualTo("other");
            assertThat(Stream.generate(bean::free).limit(10)).containsOnly("free");
        }
    }

    @Test
    void methodsOfALimitedClass_shareIt() {
        try (Application application = Application.of(AtClass.class)) {
            AtClass bean = application.bean(AtClass.class);
            bean.one();
            bean.other();

            assertThatThrownBy(bean::one).isInstanceOf(RateLimitExceededException.class);
            assertThatThrownBy(bean::other).isInstanceOf(RateLimitExceededException.class);
            assertThat(bean).hasToString("no business of others");
        }
    }

    @Test
    void limitsOfClassAndMethod_areOneDecision_andARefusalChargesNone() {
        try (Application application = Application.of(ClassAndMethod.class)) {
            ClassAndMethod bean = application.bean(ClassAndMethod.class);
            bean.one();
            assertThatThrownBy(bean::one)
                    .isInstanceOfSatisfying(
                            RateLimitExceededException.class,
                            refusal -> assertThat(refusal.violated())
                                    .extracting(use -> use.quota().limit().name())
                                    .containsExactly("of-method"));

            assertThat(used(application, "of-class")).isOne();
            assertThat(bean.other()).isEqualTo("other");
            assertThatThrownBy(bean::other).hasMessageContaining("of-class allows 2");
        }
    }

    @Test
    void inheritedMethod_hasOneLimit_whateverTheBean() {
        try (Application application = Application.of(Inheriting.class, AlsoInheriting.class, Overriding.class)) {
            application.bean(Inheriting.class).one();
            application.bean(AlsoInheriting.class).one();

            assertThatThrownBy(application.bean(Inheriting.class)::one).hasMessageContaining(PREFIX + "Base.one()");
            assertThat(Stream.generate(application.bean(Overriding.class)::one).limit(5))
                    .containsOnly("own");
        }
    }

    @Test
    void genericMethod_calledByItsInterface_isLimitedAndAnsweredByAFallbackOfTheSubclass() {
        try (Application application = Application.of(Shelf.class)) {
            Finder<Integer> finder = application.container().select(Shelf.class).get();
            assertThat(finder.find(1)).isEqualTo("found 1");
            assertThat(finder.find(2)).isEqualTo("found 2");
            assertThat(finder.find(3)).isEqualTo("instead of 3");
        }
    }

    @Test
    void future_refused_failsAndDoesNotThrow() throws Exception {
        try (Application application = Application.of(Later.class)) {
            Later bean = application.bean(Later.class);
            assertThat(bean.future().get()).isEqualTo("future");
            assertThat(bean.future().get()).isEqualTo("future");
            Future<String> refused = bean.future();

            assertThatThrownBy(refused::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RateLimitExceededException.class);
        }
    }

    @Singleton
    public static class Cached {
        int calls;

        @CacheResult(cacheName = "cached", exceptionCacheName = "refusals")
        @RateLimited(limit = 2, window = "1h", key = LimitKey.ALL)
        public int find(int id) {
            return ++calls;
        }
    }

    @Test
    void hitsOfACache_areCounted_andARefusalIsNotStored() {
        try (Application application = Application.of(Cached.class)) {
            Cached bean = application.bean(Cached.class);
            bean.find(1);
            bean.find(1);
            assertThatThrownBy(() -> bean.find(1)).isInstanceOf(RateLimitExceededException.class);
            assertThatThrownBy(() -> bean.find(2)).isInstanceOf(RateLimitExceededException.class);
            assertThat(bean.calls).isOne();

            application
                    .bean(RateLimiter.class)
                    .reset(limit(PREFIX + "Cached.find(int)").forAll());
            assertThat(bean.find(2)).isEqualTo(2);
        }
    }

    private static long used(Application application, String name) {
        return application.bean(RateLimiter.class).info(limit(name).forAll()).used();
    }

    private static Limit limit(String name) {
        return new Limit(name, 2, Duration.ofHours(1));
    }
}
