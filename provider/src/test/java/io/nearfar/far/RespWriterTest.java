package io.nearfar.far;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Commands as the protocol of Redis (RESP, version 2) writes them. */
class RespWriterTest {
    private static byte[] written(RespWriter writer) {
        return Arrays.copyOf(writer.bytes(), writer.size());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void command_isAnArrayOfTexts() {
        RespWriter writer = RespWriter.of(Session.MGET, "k", new byte[] {'b', 'c'}, 12, -34L, "");
        assertThat(written(writer))
                .isEqualTo(utf8("*6\r\n$4\r\nMGET\r\n$1\r\nk\r\n$2\r\nbc\r\n$2\r\n12\r\n$3\r\n-34\r\n$0\r\n\r\n"));
    }

    @Test
    void commandOfTwoWords_hasBoth() {
        assertThat(written(RespWriter.of(Session.MEMORY_USAGE, "k")))
                .isEqualTo(utf8("*3\r\n$6\r\nMEMORY\r\n$5\r\nUSAGE\r\n$1\r\nk\r\n"));
    }

    /** A text is as long as its bytes. */
    @Test
    void textBeyondAscii_isUtf8() {
        String text = "zażółć 漢 😀".repeat(50);
        assertThat(written(RespWriter.of(Session.STRLEN, text)))
                .isEqualTo(utf8("*2\r\n$6\r\nSTRLEN\r\n$" + utf8(text).length + "\r\n" + text + "\r\n"));
    }

    @Test
    void manyTexts_ofAnyLength_areAllThere() {
        for (int length : new int[] {9, 10, 99, 100, 999, 1_000, 70_000}) {
            byte[] text = utf8("x".repeat(length));
            Object[] params =
                    Collections.nCopies(length > 1_000 ? 3 : length, text).toArray();
            String one = "$" + length + "\r\n" + "x".repeat(length) + "\r\n";
            assertThat(written(RespWriter.of(Session.MGET, params)))
                    .isEqualTo(utf8("*" + (params.length + 1) + "\r\n$4\r\nMGET\r\n" + one.repeat(params.length)));
        }
    }
}
