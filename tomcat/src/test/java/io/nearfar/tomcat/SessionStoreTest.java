package io.nearfar.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

/** What counts as one kind of failure. */
class SessionStoreTest {
    private static String kind(String message) {
        return SessionStore.kind(new CacheException(message));
    }

    @Test
    void kind_ofMessagesThatDifferInNumbersOrSessions_isTheSame() {
        assertThat(kind("no answer from 127.0.0.1:6379 within 501 ms"))
                .isEqualTo(kind("no answer from 127.0.0.1:6379 within 7 ms"));
        assertThat(kind("session 0123456789ABCDEF0123456789ABCDEF is large"))
                .isEqualTo(kind("session FEDCBA98765432100123456789ABCDEF is large"));
    }

    @Test
    void kind_ofAnotherClassOrText_isAnother() {
        assertThat(kind("com.acme.Item1 is not allowed")).isNotEqualTo(kind("com.acme.Item2 is not allowed"));
        assertThat(kind("closed")).isNotEqualTo(SessionStore.kind(new IllegalStateException("closed")));
    }
}
