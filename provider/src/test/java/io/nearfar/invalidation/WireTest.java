package io.nearfar.invalidation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final Version PREVIOUS = new Version(5, -6);
    private static final Version VERSION = new Version(7, 8);

    private static byte[] message(int format, int kind, String cache, String... keys) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(34)
                .put((byte) format)
                .put((byte) kind)
                .putLong(PREVIOUS.stamp())
                .putLong(PREVIOUS.nonce())
                .putLong(VERSION.stamp())
                .putLong(VERSION.nonce())
                .array());
        out.writeBytes(Wire.text(cache));
        for (String key : keys) {
            out.writeBytes(Wire.text(key));
        }
        return out.toByteArray();
    }

    @Test
    void read_ofEntries_namesThemInOrder() {
        assertThat(Wire.read(3, message(1, 1, "users", "b", "", "é漢𝄞")))
                .isEqualTo(new Invalidation(3, PREVIOUS, VERSION, Kind.ENTRIES, "users", List.of("b", "", "é漢𝄞")));
    }

    @Test
    void read_ofClear_namesTheCache() {
        assertThat(Wire.read(63, message(1, 2, "")))
                .isEqualTo(new Invalidation(63, PREVIOUS, VERSION, Kind.CLEAR, "", List.of()));
    }

    @Test
    void read_ofTagsAndPatterns_namesThem() {
        assertThat(Wire.read(3, message(1, 3, "users", "red", "blue")))
                .isEqualTo(new Invalidation(3, PREVIOUS, VERSION, Kind.TAGS, "users", List.of("red", "blue")));
        assertThat(Wire.read(3, message(1, 4, "users", "feed:*")))
                .isEqualTo(new Invalidation(3, PREVIOUS, VERSION, Kind.PATTERN, "users", List.of("feed:*")));
    }

    /** Part of the format: nodes of different releases understand one another while an update rolls. */
    @Test
    void read_ofBytesAsFirstReleased_givesTheMessage() {
        String sent = "0101" + "0000000000000005" + "fffffffffffffffa" + "0000000000000007" + "0000000000000008"
                + "00000001" + "63" + "00000002" + "6b31";
        assertThat(HexFormat.of().formatHex(message(1, 1, "c", "k1"))).isEqualTo(sent);
        assertThat(Wire.read(0, HexFormat.of().parseHex(sent)))
                .isEqualTo(new Invalidation(0, PREVIOUS, VERSION, Kind.ENTRIES, "c", List.of("k1")));
    }

    @Test
    void read_ofUnknownFormatOrKind_isNull() {
        assertThat(Wire.read(0, message(2, 1, "c", "k"))).isNull();
        assertThat(Wire.read(0, message(1, 5, "c", "k"))).isNull();
        assertThat(Wire.read(0, message(1, 0, "c", "k"))).isNull();
    }

    @Test
    void read_ofTruncatedMessage_isNullOrNamesLess() {
        byte[] whole = message(1, 1, "cache", "key");
        for (int length = 0; length < whole.length; length++) {
            Invalidation read = Wire.read(0, Arrays.copyOf(whole, length));
            if (length == whole.length - Wire.text("key").length) {
                assertThat(read.names()).isEmpty();
            } else {
                assertThat(read).as("%d bytes", length).isNull();
            }
        }
    }

    @Test
    void read_ofNoText_isNull() {
        byte[] message = message(1, 1, "c", "k");
        message[message.length - 1] = (byte) 0xFF;
        assertThat(Wire.read(0, message)).isNull();
    }

    @Test
    void read_ofNoise_neverThrows() {
        Random random = new Random(12);
        for (int i = 0; i < 50_000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = 1;
                noise[1] = 1;
            }
            Invalidation read = Wire.read(0, noise);
            assertThat(read == null || read.kind() == Kind.ENTRIES).isTrue();
        }
    }

    @Test
    void text_isLengthAndUtf8() {
        assertThat(Wire.text("é")).isEqualTo(new byte[] {0, 0, 0, 2, (byte) 0xC3, (byte) 0xA9});
        assertThat(Wire.text("é").length).isEqualTo(4 + "é".getBytes(UTF_8).length);
    }
}
