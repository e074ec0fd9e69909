package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.RateLimitExceededException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of a method that its cache cannot answer are loads, and charged to the limit of that cache. */
class LoadLimitTest {
    private Application application;
    private Archive archive;

    @BeforeEach
    void start() {
        System.setProperty("nearfar.cache.records.load.limit", "1");
        System.setProperty("nearfar.cache.records.load.limit.window", "1h");
        application = Application.of(Archive.class);
        archive = application.bean(Archive.class);
    }

    @AfterEach
    void stop() {
        application.close();
        System.clearProperty("nearfar.cache.records.load.limit");
        System.clearProperty("nearfar.cache.records.load.limit.window");
    }

    @Singleton
    public static class Archive {
        int calls;

        @CacheResult(cacheName = "records")
        public String find(int id) {
            calls++;
            return "record " + id;
        }

        @CacheResult(cacheName = "records", skipGet = true)
        public String reread(int id) {
            calls++;
            return "record " + id;
        }

        @CacheResult(cacheName = "records", exceptionCacheName = "errors")
        public String fail(int id) throws IOException {
            calls++;
            throw new IOException("no record " + id);
        }

        @CacheResult(cacheName = "records")
        public CompletionStage<String> findLater(int id) {
            calls++;
            return CompletableFuture.completedFuture("record " + id);
        }
    }

    private String later(int id) throws Exception {
        return archive.findLater(id).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void call_withoutRoom_isRefused_andTheMethodIsNotCalled() throws Exception {
        assertThat(archive.find(1)).isEqualTo("record 1");
        assertThatThrownBy(() -> archive.find(2)).isInstanceOf(RateLimitExceededException.class);
        assertThatThrownBy(() -> archive.reread(1)).isInstanceOf(RateLimitExceededException.class);
        assertThatThrownBy(() -> archive.fail(2)).isInstanceOf(RateLimitExceededException.class);
        assertThatThrownBy(() -> later(2)).hasCauseInstanceOf(RateLimitExceededException.class);
        assertThat(archive.find(1)).isEqualTo("record 1");
        assertThat(later(1)).isEqualTo("record 1");
        assertThat(archive.calls).isOne();
    }
}
