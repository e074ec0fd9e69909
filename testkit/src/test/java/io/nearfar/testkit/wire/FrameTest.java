package io.nearfar.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final List<String> VALUES = List.of(
            "PING\r\n",
            "+OK\r\n",
            ":12\r\n",
            "_\r\n",
            "-ERR no\r\n",
            "$-1\r\n",
            "$0\r\n\r\n",
            "$6\r\na\r\nb\r\n\r\n",
            "*-1\r\n",
            "*0\r\n",
            "*3\r\n:1\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n$2\r\nhi\r\n",
            "%1\r\n+key\r\n*1\r\n:1\r\n",
            ">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n");

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Frame only(String text) throws IOException {
        return Frame.read(stream(text));
    }

    @Test
    void read_streamOfValues_returnsEachWhole() throws IOException {
        InputStream in = stream(String.join("", VALUES));
        List<String> read = new ArrayList<>();
        for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
            read.add(new String(frame.bytes(), StandardCharsets.UTF_8));
        }
        assertThat(read).isEqualTo(VALUES);
    }

    @Test
    void read_streamThatEndsWithinAValue_throws() {
        assertThatThrownBy(() -> only("*2\r\n$1\r\na\r\n")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> only("$x\r\n")).isInstanceOf(IOException.class).hasMessageContaining("x");
    }

    @Test
    void texts_areThoseOfTheValueItself() throws IOException {
        Frame push = only(">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n");
        assertThat(push.text(0)).isEqualTo("message");
        assertThat(push.text(2)).isEqualTo("hi");
        assertThat(push.text(3)).isEmpty();
        assertThat(only("*3\r\n:1\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n$2\r\nhi\r\n").text(0))
                .isEqualTo("hi");
    }

    @Test
    void single_isTheTextWithoutWhatSurroundsIt() throws IOException {
        assertThat(only("$2\r\nhi\r\n").single()).isEqualTo("hi");
        assertThat(only(":12\r\n").single()).isEqualTo("12");
        Frame error = only("-ERR no\r\n");
        assertThat(error.isError()).isTrue();
        assertThat(error.single()).isEqualTo("ERR no");
    }

    @Test
    void command_isReadAsWritten() throws IOException {
        Frame command = Frame.command("SET", "k", "é");
        assertThat(command.bytes())
                .isEqualTo("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\né\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(command.text(2)).isEqualTo("é");
    }
}
