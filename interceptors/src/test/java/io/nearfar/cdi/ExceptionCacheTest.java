package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.NotSerializableException;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExceptionCacheTest {
    private final Application application = Application.of(Archive.class);
    private final Archive archive = application.bean(Archive.class);

    @AfterEach
    void stop() {
        application.close();
    }

    @Singleton
    public static class Archive {
        int calls;
        Throwable failure = new IOException("closed");

        @CacheResult(cacheName = "all", exceptionCacheName = "errorsOfAll")
        public String all(int id) throws Throwable {
            return answer(id);
        }

        @CacheResult(cacheName = "all", exceptionCacheName = "errorsOfAll", skipGet = true)
        public String reread(int id) throws Throwable {
            return answer(id);
        }

        @CacheResult(
                cacheName = "some",
                exceptionCacheName = "errorsOfSome",
                cachedExceptions = IOException.class,
                nonCachedExceptions = FileNotFoundException.class)
        public String some(int id) throws Throwable {
            return answer(id);
        }

        private String answer(int id) throws Throwable {
            calls++;
            if (failure != null) {
                throw failure;
            }
            return "record " + id + ", call " + calls;
        }
    }

    @Test
    void call_exceptionStored_thrownAgainWithoutCall() {
        assertThatThrownBy(() -> archive.all(1)).isSameAs(archive.failure);

        assertThatThrownBy(() -> archive.all(1))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("closed");
        assertThat(archive.calls).isOne();
        assertThat(application.cache("errorsOfAll")).hasSize(1);
        assertThat(application.cache("all")).isEmpty();
    }

    @Test
    void call_otherKey_hasNoStoredException() throws Throwable {
        assertThatThrownBy(() -> archive.all(1)).hasMessage("closed");
        archive.failure = null;

        assertThat(archive.all(2)).isEqualTo("record 2, call 2");
    }

    @Test
    void call_success_noExceptionStored() throws Throwable {
        archive.failure = null;

        assertThat(archive.all(1)).isEqualTo("record 1, call 1");
        assertThat(archive.all(1)).isEqualTo("record 1, call 1");
        assertThat(application.cache("errorsOfAll")).isEmpty();
    }

    @Test
    void call_storedExceptionRemoved_methodCalledAgain() throws Throwable {
        assertThatThrownBy(() -> archive.all(1)).hasMessage("closed");
        archive.failure = null;
        application.cache("errorsOfAll").clear();

        assertThat(archive.all(1)).isEqualTo("record 1, call 2");
    }

    @Test
    void call_filteredException_notStored() {
        archive.failure = new FileNotFoundException("gone");
        assertThatThrownBy(() -> archive.some(1)).hasMessage("gone");
        archive.failure = new IllegalStateException("other");
        assertThatThrownBy(() -> archive.some(1)).hasMessage("other");
        archive.failure = new IOException("closed");
        assertThatThrownBy(() -> archive.some(1)).hasMessage("closed");
        archive.failure = null;

        assertThatThrownBy(() -> archive.some(1)).hasMessage("closed");
        assertThat(archive.calls).isEqualTo(3);
    }

    @Test
    void call_error_notStored() {
        archive.failure = new StackOverflowError("deep");

        assertThatThrownBy(() -> archive.all(1)).isSameAs(archive.failure);
        assertThatThrownBy(() -> archive.all(1)).isSameAs(archive.failure);
        assertThat(archive.calls).isEqualTo(2);
    }

    @Test
    void call_skipGet_calledInSpiteOfStoredException() throws Throwable {
        assertThatThrownBy(() -> archive.all(1)).hasMessage("closed");
        archive.failure = null;

        assertThat(archive.reread(1)).isEqualTo("record 1, call 2");
        assertThat(archive.all(1)).isEqualTo("record 1, call 2");
    }

    @Test
    void call_skipGetFails_exceptionStored() {
        assertThatThrownBy(() -> archive.reread(1)).hasMessage("closed");
        archive.failure = new IOException("closed again");
        assertThatThrownBy(() -> archive.reread(1)).hasMessage("closed again");
        archive.failure = null;

        assertThatThrownBy(() -> archive.all(1)).hasMessage("closed again");
        assertThat(archive.calls).isEqualTo(2);
    }

    @Test
    void call_exceptionThatCannotBeStored_reachesCallerAllTheSame() {
        archive.failure = new Unstorable();

        assertThatThrownBy(() -> archive.all(1)).isSameAs(archive.failure);
        archive.failure = null;
        assertThatCode(() -> archive.all(1)).doesNotThrowAnyException();
    }

    /** Refuses to be serialized. */
    static final class Unstorable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private void writeObject(java.io.ObjectOutputStream out) throws IOException {
            throw new NotSerializableException(Unstorable.class.getName());
        }
    }
}
