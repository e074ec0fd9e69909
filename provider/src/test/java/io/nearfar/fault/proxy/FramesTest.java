package io.nearfar.fault.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final List<String> REPLIES = List.of(
            "+OK\r\n",
            "-ERR no\r\n",
            ":12\r\n",
            "$-1\r\n",
            "$0\r\n\r\n",
            "$5\r\na\r\nbc\r\n",
            "*-1\r\n",
            "*0\r\n",
            "*2\r\n$1\r\na\r\n*2\r\n:1\r\n$-1\r\n",
            "%1\r\n+key\r\n*1\r\n:1\r\n",
            ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$3\r\nx\r\n\r\n",
            "_\r\n");

    @Test
    void feed_anyPieces_returnsTheRepliesWhole() {
        byte[] stream = String.join("", REPLIES).getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 200; seed++) {
            assertThat(inPieces(stream, new Random(seed))).as("seed " + seed).isEqualTo(REPLIES);
        }
    }

    private static List<String> inPieces(byte[] stream, Random random) {
        Frames frames = new Frames();
        List<String> whole = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int size = Math.min(stream.length - at, 1 + random.nextInt(9));
            for (byte[] frame : frames.feed(ByteBuffer.wrap(stream, at, size))) {
                whole.add(new String(frame, StandardCharsets.UTF_8));
            }
            at += size;
        }
        return whole;
    }

    @Test
    void push_ofMessages_knowsChannelAndPayload() {
        Push message = push("*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n");
        assertThat(message.isMessage()).isTrue();
        assertThat(message.channel()).isEqualTo("news");
        assertThat(message.mentions("hi")).isTrue();
        Push sharded = push(">3\r\n$8\r\nsmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n");
        assertThat(sharded.isMessage()).isTrue();
        Push pattern = push("*4\r\n$8\r\npmessage\r\n$1\r\n*\r\n$4\r\nnews\r\n$2\r\nhi\r\n");
        assertThat(pattern.channel()).isEqualTo("news");
    }

    @Test
    void push_ofOtherReplies_isNoMessage() {
        assertThat(push("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n").isMessage())
                .isFalse();
        assertThat(push("*3\r\n$1\r\na\r\n$1\r\nb\r\n$-1\r\n")).isNull();
        assertThat(push("*3\r\n:1\r\n:2\r\n:3\r\n")).isNull();
        assertThat(push("$7\r\nmessage\r\n")).isNull();
    }

    private static Push push(String frame) {
        return Push.of(frame.getBytes(StandardCharsets.UTF_8));
    }
}
