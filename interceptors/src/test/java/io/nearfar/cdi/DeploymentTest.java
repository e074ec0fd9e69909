package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.NamedCache;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in annotations and what the deployment says of them. */
class DeploymentTest {
    @Singleton
    public static class Two {
        @CacheResult
        @CacheRemoveAll
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    @CacheRemove
    @CacheRemoveAll
    public static class TwoAtClass {
        public void go() {}
    }

    @Singleton
    public static class NoValue {
        @CachePut(cacheName = "x")
        public void put(int id, String value) {}
    }

    @Singleton
    public static class TwoValues {
        @CachePut(cacheName = "x")
        public void put(int id, @CacheValue String value, @CacheValue String other) {}
    }

    @Singleton
    public static class ValueWithoutPut {
        @CacheResult(cacheName = "x")
        public String find(int id, @CacheValue String value) {
            return value;
        }
    }

    @Singleton
    public static class KeyAndValue {
        @CachePut(cacheName = "x")
        public void put(@CacheKey @CacheValue String value) {}
    }

    @Singleton
    public static class Private {
        @CacheResult
        private String find(int id) {
            return "found " + id;
        }

        public String call() {
            return find(1);
        }
    }

    @Singleton
    public static class Static {
        @CacheResult
        public static String find(int id) {
            return "";
        }
    }

    @Singleton
    public static class Final {
        @CacheResult
        public final String find(int id) {
            return "";
        }
    }

    @Singleton
    public static final class FinalClass {
        @CacheResult
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    @CacheResult(cacheName = "x")
    public static class FinalUnderClass {
        public final String find(int id) {
            return "";
        }
    }

    @Singleton
    public static class Blank {
        @CacheResult(cacheName = " ")
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    public static class SameCacheForErrors {
        @CacheResult(cacheName = "x", exceptionCacheName = "x")
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    public static class InBothLists {
        @CacheRemove(cacheName = "x", evictFor = IOException.class, noEvictFor = IOException.class)
        public void remove(int id) {}
    }

    @Singleton
    public static class VoidResult {
        @CacheResult
        public void find(int id) {}
    }

    @Singleton
    public static class OldFuture {
        @CacheResult
        public Future<String> find(int id) {
            return CompletableFuture.completedFuture("");
        }
    }

    /** A stage of its own kind. */
    public static class OwnFuture extends CompletableFuture<String> {}

    @Singleton
    public static class StrangeStage {
        @CacheRemove(cacheName = "x")
        public OwnFuture remove(int id) {
            return new OwnFuture();
        }
    }

    @Singleton
    public static class OneStream {
        @CacheResult
        public Stream<String> find(int id) {
            return Stream.of();
        }
    }

    @Singleton
    public static class OneInput {
        @CacheResult
        public CompletableFuture<InputStream> find(int id) {
            return CompletableFuture.completedFuture(InputStream.nullInputStream());
        }
    }

    @Singleton
    public static class OneIterator {
        @CacheResult
        public Iterator<String> find(int id) {
            return List.<String>of().iterator();
        }
    }

    /** Needs an argument. */
    public static class NeedsArgument implements CacheKeyGenerator {
        NeedsArgument(int argument) {
            if (argument == 0) {
                throw new IllegalArgumentException("0");
            }
        }

        @Override
        public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> context) {
            throw new IllegalStateException("nobody can make me");
        }
    }

    @Singleton
    public static class GeneratorWithArgument {
        @CacheResult(cacheKeyGenerator = NeedsArgument.class)
        public String find(int id) {
            return "";
        }
    }

    /** Has nothing to be made of. */
    public abstract static class AbstractFactory implements CacheResolverFactory {}

    @Singleton
    @CacheDefaults(cacheResolverFactory = AbstractFactory.class)
    public static class FactoryAbstract {
        @CacheRemoveAll
        public void clear() {}
    }

    @Singleton
    public static class NotACache {
        @Inject
        @NamedCache("x")
        List<String> list;
    }

    @Singleton
    public static class NoName {
        @Inject
        @NamedCache("")
        Cache<String, String> cache;
    }

    @Singleton
    public static class OtherTypes {
        @Inject
        @NamedCache("x")
        Cache<String, Integer> one;

        @Inject
        @NamedCache("x")
        NearfarCache<String, Long> other;
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(Two.class, "NF0810", "Two.find(int)", "@CacheResult and @CacheRemoveAll"),
                arguments(TwoAtClass.class, "NF0811", "TwoAtClass", "@CacheRemove and @CacheRemoveAll"),
                arguments(NoValue.class, "NF0812", "NoValue.put(int,java.lang.String)", "@CacheValue"),
                arguments(TwoValues.class, "NF0813", "TwoValues.put", "several"),
                arguments(ValueWithoutPut.class, "NF0814", "ValueWithoutPut.find", "@CacheResult"),
                arguments(KeyAndValue.class, "NF0815", "KeyAndValue.put", "@CacheKey and @CacheValue"),
                arguments(Private.class, "NF0818", "Private.find", "is private"),
                arguments(Static.class, "NF0818", "Static.find", "is static"),
                arguments(Final.class, "NF0818", "Final.find", "is final"),
                arguments(FinalClass.class, "NF0818", "FinalClass.find", "belongs to a final class"),
                arguments(FinalUnderClass.class, "NF0818", "FinalUnderClass.find", "is final"),
                arguments(Blank.class, "NF0819", "Blank.find", "blank"),
                arguments(SameCacheForErrors.class, "NF0820", "SameCacheForErrors.find", "\"x\""),
                arguments(InBothLists.class, "NF0821", "InBothLists.remove", "java.io.IOException"),
                arguments(VoidResult.class, "NF0825", "VoidResult.find", "returns nothing"),
                arguments(OldFuture.class, "NF0826", "OldFuture.find", "CompletableFuture"),
                arguments(StrangeStage.class, "NF0824", "StrangeStage.remove", "OwnFuture"),
                arguments(OneStream.class, "NF0827", "OneStream.find", "java.util.stream.Stream"),
                arguments(OneInput.class, "NF0827", "OneInput.find", "java.io.InputStream"),
                arguments(OneIterator.class, "NF0827", "OneIterator.find", "java.util.Iterator"),
                arguments(GeneratorWithArgument.class, "NF0829", "GeneratorWithArgument.find", "NeedsArgument"),
                arguments(FactoryAbstract.class, "NF0829", "FactoryAbstract.clear", "AbstractFactory"),
                arguments(NotACache.class, "NF0870", "NotACache.list", "javax.cache.Cache"),
                arguments(NoName.class, "NF0871", "NoName.cache", "name"),
                arguments(OtherTypes.class, "NF0872", "OtherTypes", "\"x\""));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("mistakes")
    void deploy_mistake_failsAndSaysWhereAndWhy(Class<?> bean, String id, String place, String why) {
        Throwable failure = catchThrowable(() -> Application.of(bean).close());

        assertThat(failure).isInstanceOf(DeploymentException.class);
        assertThat(failure.getMessage()).contains("NF0800 1 mistake(s)", id, place, why);
    }

    @Test
    void deploy_manyMistakes_allInOneFailure() {
        Throwable failure = catchThrowable(() -> Application.of(Two.class, NoValue.class, Final.class, NotACache.class)
                .close());

        assertThat(failure.getMessage()).contains("NF0800 4 mistake(s)", "NF0810", "NF0812", "NF0818", "NF0870");
    }

    @Singleton
    public static class Correct {
        @CacheResult(cacheName = "x")
        public String find(int id) {
            return "";
        }

        @CacheRemove(cacheName = "x")
        public void remove(int id) {}
    }

    @Test
    void deploy_noMistake_starts() {
        assertThatCode(() -> Application.of(Correct.class).close()).doesNotThrowAnyException();
    }

    @Test
    void serviceFile_namesTheExtension() {
        assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(NearfarExtension.class);
    }
}
