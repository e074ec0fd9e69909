package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll} with all their members. */
class ChangeTest {
    private final Application application = Application.of(Stock.class);
    private final Stock stock = application.bean(Stock.class);

    @BeforeEach
    void fill() {
        assertThat(stock.find(1)).isEqualTo("found 1");
        assertThat(stock.find(2)).isEqualTo("found 2");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Singleton
    @CacheDefaults(cacheName = "stock")
    public static class Stock {
        Throwable failure;
        String seen;

        @Inject
        CacheManager manager;

        @CacheResult
        public String find(int id) {
            return "found " + id;
        }

        @CachePut
        public String put(int id, @CacheValue String value) throws Throwable {
            return look(id);
        }

        @CachePut(afterInvocation = false)
        public String putBefore(int id, @CacheValue String value) throws Throwable {
            return look(id);
        }

        @CachePut(cacheFor = IOException.class)
        public String putForIo(int id, @CacheValue String value) throws Throwable {
            return look(id);
        }

        @CachePut(noCacheFor = IOException.class)
        public String putNotForIo(int id, @CacheValue String value) throws Throwable {
            return look(id);
        }

        @CachePut(cacheFor = IOException.class, noCacheFor = FileNotFoundException.class)
        public String putForSome(int id, @CacheValue String value) throws Throwable {
            return look(id);
        }

        @CachePut
        public void putByKey(String trace, @CacheKey int id, @CacheValue String value) {}

        @CacheRemove
        public String remove(int id) throws Throwable {
            return look(id);
        }

        @CacheRemove(afterInvocation = false)
        public String removeBefore(int id) throws Throwable {
            return look(id);
        }

        @CacheRemove(evictFor = IOException.class)
        public String removeForIo(int id) throws Throwable {
            return look(id);
        }

        @CacheRemove(noEvictFor = IOException.class)
        public String removeNotForIo(int id) throws Throwable {
            return look(id);
        }

        @CacheRemove(evictFor = IOException.class, noEvictFor = FileNotFoundException.class)
        public String removeForSome(int id) throws Throwable {
            return look(id);
        }

        @CacheRemoveAll
        public String removeAll(int id) throws Throwable {
            return look(id);
        }

        @CacheRemoveAll(afterInvocation = false)
        public String removeAllBefore(int id) throws Throwable {
            return look(id);
        }

        @CacheRemoveAll(evictFor = IOException.class)
        public String removeAllForIo(int id) throws Throwable {
            return look(id);
        }

        @CacheRemoveAll(noEvictFor = IOException.class)
        public String removeAllNotForIo(int id) throws Throwable {
            return look(id);
        }

        @CacheRemoveAll(evictFor = IOException.class, noEvictFor = FileNotFoundException.class)
        public String removeAllForSome(int id) throws Throwable {
            return look(id);
        }

        private String look(int id) throws Throwable {
            Cache<Object, Object> cache = manager.getCache("stock");
            seen = String.valueOf(cache.get(GeneratedKey.of(id)));
            if (failure != null) {
                throw failure;
            }
            return "done";
        }
    }

    /** A call of one of the methods with key 1, and value "put" where there is one. */
    interface Call {
        String on(Stock stock) throws Throwable;
    }

    static Stream<Arguments> calls() {
        IOException io = new IOException("io");
        FileNotFoundException notFound = new FileNotFoundException("not found");
        IllegalStateException state = new IllegalStateException("state");
        StackOverflowError overflow = new StackOverflowError("overflow");
        return Stream.of(
                changes("put", null, "found 1", true, stock -> stock.put(1, "put")),
                changes("put", io, "found 1", false, stock -> stock.put(1, "put")),
                changes("putBefore", null, "put", true, stock -> stock.putBefore(1, "put")),
                changes("putBefore", io, "put", true, stock -> stock.putBefore(1, "put")),
                changes("putForIo", io, "found 1", true, stock -> stock.putForIo(1, "put")),
                changes("putForIo", notFound, "found 1", true, stock -> stock.putForIo(1, "put")),
                changes("putForIo", state, "found 1", false, stock -> stock.putForIo(1, "put")),
                changes("putNotForIo", io, "found 1", false, stock -> stock.putNotForIo(1, "put")),
                changes("putNotForIo", state, "found 1", true, stock -> stock.putNotForIo(1, "put")),
                changes("putNotForIo", overflow, "found 1", false, stock -> stock.putNotForIo(1, "put")),
                changes("putForSome", io, "found 1", true, stock -> stock.putForSome(1, "put")),
                changes("putForSome", notFound, "found 1", false, stock -> stock.putForSome(1, "put")),
                changes("remove", null, "found 1", true, stock -> stock.remove(1)),
                changes("remove", io, "found 1", false, stock -> stock.remove(1)),
                changes("removeBefore", null, "null", true, stock -> stock.removeBefore(1)),
                changes("removeBefore", io, "null", true, stock -> stock.removeBefore(1)),
                changes("removeForIo", io, "found 1", true, stock -> stock.removeForIo(1)),
                changes("removeForIo", state, "found 1", false, stock -> stock.removeForIo(1)),
                changes("removeNotForIo", io, "found 1", false, stock -> stock.removeNotForIo(1)),
                changes("removeNotForIo", state, "found 1", true, stock -> stock.removeNotForIo(1)),
                changes("removeForSome", io, "found 1", true, stock -> stock.removeForSome(1)),
                changes("removeForSome", notFound, "found 1", false, stock -> stock.removeForSome(1)),
                changes("removeAll", null, "found 1", true, stock -> stock.removeAll(1)),
                changes("removeAll", io, "found 1", false, stock -> stock.removeAll(1)),
                changes("removeAllBefore", null, "null", true, stock -> stock.removeAllBefore(1)),
                changes("removeAllBefore", io, "null", true, stock -> stock.removeAllBefore(1)),
                changes("removeAllForIo", io, "found 1", true, stock -> stock.removeAllForIo(1)),
                changes("removeAllForIo", state, "found 1", false, stock -> stock.removeAllForIo(1)),
                changes("removeAllNotForIo", io, "found 1", false, stock -> stock.removeAllNotForIo(1)),
                changes("removeAllNotForIo", state, "found 1", true, stock -> stock.removeAllNotForIo(1)),
                changes("removeAllForSome", io, "found 1", true, stock -> stock.removeAllForSome(1)),
                changes("removeAllForSome", notFound, "found 1", false, stock -> stock.removeAllForSome(1)));
    }

    private static Arguments changes(String method, Throwable failure, String seen, boolean changed, Call call) {
        return arguments(method, failure, seen, changed, call);
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource("calls")
    void call_changesCacheBeforeOrAfterOrNot(
            String method, Throwable failure, String seen, boolean changed, Call call) {
        stock.failure = failure;

        Throwable thrown = catchThrowable(() -> call.on(stock));

        assertThat(thrown).isSameAs(failure);
        assertThat(stock.seen).isEqualTo(seen);
        Object after = application.cache("stock").get(GeneratedKey.of(1));
        Object changedTo = method.startsWith("put") ? "put" : null;
        assertThat(after).isEqualTo(changed ? changedTo : "found 1");
        boolean othersGone = changed && method.startsWith("removeAll");
        assertThat(application.cache("stock").containsKey(GeneratedKey.of(2))).isEqualTo(!othersGone);
    }

    @Test
    void put_valueIsNoPartOfTheKey() throws Throwable {
        stock.put(3, "three");

        assertThat(stock.find(3)).isEqualTo("three");
    }

    @Test
    void put_markedKey_otherParametersDoNotCount() {
        stock.putByKey("trace", 3, "three");

        assertThat(stock.find(3)).isEqualTo("three");
    }

    @Test
    void put_null_leavesNoEntry() throws Throwable {
        assertThat(stock.put(1, null)).isEqualTo("done");

        assertThat(application.cache("stock").containsKey(GeneratedKey.of(1))).isFalse();
    }
}
