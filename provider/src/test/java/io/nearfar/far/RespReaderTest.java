package io.nearfar.far;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as the protocol of Redis (RESP, version 2) writes them. */
class RespReaderTest {
    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, ISO_8859_1);
    }

    private static @Nullable Object read(String text) {
        ByteBuf in = bytes(text);
        assertThat(RespReader.end(in)).isEqualTo(text.length());
        assertThat(in.readerIndex()).isZero();
        Object reply = RespReader.take(in);
        assertThat(in.readableBytes()).isZero();
        return reply;
    }

    private static List<?> list(@Nullable Object reply) {
        return (List<?>) Objects.requireNonNull(reply);
    }

    @Test
    void text_isItsBytes() {
        assertThat((byte[]) read("$4\r\n\0\r\n\u00ff\r\n")).isEqualTo("\0\r\n\u00ff".getBytes(ISO_8859_1));
        assertThat((byte[]) read("$0\r\n\r\n")).isEmpty();
        assertThat((byte[]) read("$11\r\nhello world\r\n")).isEqualTo("hello world".getBytes(UTF_8));
    }

    @Test
    void missing_isNull() {
        assertThat(read("$-1\r\n")).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -1, 1_732_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void number_isALong(long number) {
        assertThat(read(":" + number + "\r\n")).isEqualTo(number);
    }

    @Test
    void status_isAString() {
        assertThat(read("+OK\r\n")).isEqualTo("OK");
        assertThat(read("+\r\n")).isEqualTo("");
    }

    @Test
    void arrays_areLists_alsoWithinOthers() {
        assertThat(list(read("*0\r\n"))).isEmpty();
        List<?> reply = list(read("*4\r\n$-1\r\n*2\r\n:1\r\n*1\r\n$1\r\nx\r\n+QUEUED\r\n:-3\r\n"));
        assertThat(reply.get(0)).isNull();
        List<?> within = list(reply.get(1));
        assertThat(within.get(0)).isEqualTo(1L);
        assertThat((byte[]) list(within.get(1)).get(0)).containsExactly('x');
        assertThat(reply.subList(2, 4)).isEqualTo(Arrays.asList("QUEUED", -3L));
    }

    @Test
    void whatFollowsAReply_staysWhereItIs() {
        ByteBuf in = bytes(":1\r\n$1\r\nx\r\n");
        assertThat(RespReader.end(in)).isEqualTo(4);
        assertThat(RespReader.take(in)).isEqualTo(1L);
        assertThat(RespReader.end(in)).isEqualTo(11);
        assertThat((byte[]) RespReader.take(in)).containsExactly('x');
    }

    /** A reply comes in pieces of any length. */
    @Test
    void anyBeginningOfAReply_isUnfinished() {
        String whole = "*4\r\n$-1\r\n*2\r\n:-12\r\n$3\r\nabc\r\n+OK\r\n$0\r\n\r\n";
        for (int length = 0; length < whole.length(); length++) {
            assertThat(RespReader.end(bytes(whole.substring(0, length))))
                    .as(whole.substring(0, length))
                    .isEqualTo(RespReader.UNFINISHED);
        }
        assertThat(RespReader.end(bytes(whole))).isEqualTo(whole.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ERR no\r\n",
                "*2\r\n:1\r\n-ERR no\r\n",
                "*-1\r\n",
                "*1\r\n*-1\r\n",
                "_\r\n",
                "%1\r\n",
                ">2\r\n",
                ",1.5\r\n",
                "$x\r\n",
                ":1-\r\n",
                "$2147483648\r\n"
            })
    void whatIsOfAnotherKind_isNotReadHere(String text) {
        ByteBuf in = bytes(text);
        assertThat(RespReader.end(in)).isEqualTo(RespReader.OTHER);
        assertThat(in.readerIndex()).isZero();
    }
}
