package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written and read without streams is what is written and read with them. */
class PlainFormTest {
    private static final int TAGS = 12;
    private static final int LONGEST = 12;
    private static final int TRIES = 20_000;

    static Stream<Object> values() {
        return Stream.of(
                0L,
                1L,
                -1L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                0,
                255,
                -256,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                "",
                "a",
                "city:1");
    }

    @ParameterizedTest
    @MethodSource("values")
    void decode_ofWhatTheStreamsHaveWritten_isTheValue(Object value) {
        assertThat(PlainForm.decode(CompactForm.encode(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void encode_ofAWholeNumber_isWhatTheStreamsWrite(Object value) {
        if (value instanceof String) {
            assertThat(PlainForm.encode(value)).isNull();
        } else {
            assertThat(PlainForm.encode(value)).isEqualTo(CompactForm.encode(value));
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void decode_ofAnotherForm_isLeftToTheStreams(Object value) {
        assertThat(PlainForm.encode(value)).isNull();
        assertThat(PlainForm.decode(CompactForm.encode(value))).isNull();
    }

    static Stream<Object> others() {
        return Stream.of("ä", "\ud800", (short) 1, (byte) 1, true, 'c', 1.5, 1.5f, new byte[] {1});
    }

    /** Whatever the bytes: if they are decoded without streams, then as the streams decode them. */
    @Test
    void decode_ofAnyBytes_differsNowhereFromTheStreams() throws IOException {
        Random random = new Random(41);
        int read = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] bytes = new byte[random.nextInt(LONGEST)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = (byte) random.nextInt(TAGS);
                bytes[1] = random.nextBoolean() ? 8 : bytes[1];
            }
            Object plain = PlainForm.decode(bytes);
            if (plain != null) {
                read++;
                assertThat(plain).as(Arrays.toString(bytes)).isEqualTo(CompactForm.decode(bytes));
            }
        }
        assertThat(read).isPositive();
    }
}
