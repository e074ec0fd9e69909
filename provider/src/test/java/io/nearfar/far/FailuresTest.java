package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisTimeoutException;

class FailuresTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOPERM this user has no permissions to run the 'evalsha' command",
                "ERR unknown command `SPUBLISH`",
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "NOREPLICAS Not enough good replicas to write."
            })
    void errorReply_isRefusal(String reply) {
        assertThat(Failures.isRefusal(new RedisException(reply + ". channel: [id: 0x1]")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to init enough connections amount! Only 0 of 1 were initialized.",
                "Unexpected exception while processing command",
                "SlaveConnectionPool no available Redis entries."
            })
    void whatTheLibrarySaysItself_isNoRefusal(String text) {
        assertThat(Failures.isRefusal(new RedisException(text))).isFalse();
    }

    @Test
    void replyWithTypeOfItsOwn_isRefusalWhateverItsText() {
        assertThat(Failures.isRefusal(
                        new RedisOutOfMemoryException("command not allowed when used memory > 'maxmemory'.")))
                .isTrue();
    }

    /** As Redis 6.2 says it, in which a replica lets the script begin. */
    @Test
    void replicaThatStopsAScript_isNoRefusal() {
        assertThat(Failures.isRefusal(new RedisException("ERR Error running script (call to f_6b2): @user_script:31:"
                        + " @user_script: 31: -READONLY You can't write against a read only replica. . channel: x")))
                .isFalse();
    }

    @Test
    void noAnswer_isNoRefusal() {
        assertThat(Failures.isRefusal(new RedisTimeoutException("ERR no answer")))
                .isFalse();
        assertThat(Failures.isRefusal(new RedisConnectionException("Unable to connect to Redis server")))
                .isFalse();
        assertThat(Failures.isRefusal(new TimeoutException())).isFalse();
        assertThat(Failures.isRefusal(new RedisException((String) null))).isFalse();
    }
}
