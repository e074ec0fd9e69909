package io.nearfar.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.AudienceMessage.Wish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages between nodes that listen and nodes that write; whoever can publish can send anything. */
class ChangeMessageTest {
    private static final Random RANDOM = new Random(107);

    private static byte[] message(int kind, byte[] after, byte[] before) {
        byte[] cache = Wire.text("cities");
        byte[] key = Wire.text("Cuzco");
        return ByteBuffer.allocate(26 + cache.length + key.length + after.length + before.length)
                .put((byte) 1)
                .put((byte) kind)
                .putLong(7)
                .putLong(8)
                .putLong(9)
                .put(cache)
                .put(key)
                .put(after)
                .put(before)
                .array();
    }

    private static byte[] there(String bytes) {
        byte[] text = Wire.text(bytes);
        return ByteBuffer.allocate(1 + text.length).put((byte) 1).put(text).array();
    }

    @Test
    void read_wholeMessage_givesItsParts() {
        ChangeMessage read = Objects.requireNonNull(ChangeMessage.read(message(2, there("new"), there("old"))));
        assertThat(read.kind()).isEqualTo(ChangeMessage.Kind.UPDATED);
        assertThat(read.node()).isEqualTo(7);
        assertThat(read.version()).isEqualTo(new Version(8, 9));
        assertThat(read.cache()).isEqualTo("cities");
        assertThat(read.text()).isEqualTo("Cuzco");
        assertThat(read.after()).isEqualTo("new".getBytes(StandardCharsets.UTF_8));
        assertThat(read.before()).isEqualTo("old".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void read_partsThatAreNotToldOrTooLong_areNull() {
        ChangeMessage read = Objects.requireNonNull(ChangeMessage.read(message(3, new byte[] {0}, new byte[] {2})));
        assertThat(read.after()).isNull();
        assertThat(read.before()).isNull();
    }

    @Test
    void read_cutShort_longer_orOfAnotherKind_isNull() {
        byte[] whole = message(1, there("new"), new byte[] {0});
        for (int length = 0; length < whole.length; length++) {
            assertThat(ChangeMessage.read(Arrays.copyOf(whole, length))).isNull();
        }
        assertThat(ChangeMessage.read(Arrays.copyOf(whole, whole.length + 1))).isNull();
        assertThat(ChangeMessage.read(message(0, there("new"), new byte[] {0}))).isNull();
        assertThat(ChangeMessage.read(message(6, there("new"), new byte[] {0}))).isNull();
        assertThat(ChangeMessage.read(message(1, new byte[] {3}, new byte[] {0})))
                .isNull();
    }

    @Test
    void read_anything_neverThrows() {
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = message(1 + RANDOM.nextInt(5), there("new"), there("old"));
            for (int changes = RANDOM.nextInt(4); changes >= 0; changes--) {
                bytes[RANDOM.nextInt(bytes.length)] = (byte) RANDOM.nextInt();
            }
            ChangeMessage.read(bytes);
            AudienceMessage.read(bytes);
        }
    }

    @Test
    void audience_isReadAsItWasWritten() {
        AudienceMessage said = new AudienceMessage(
                3,
                Map.of(
                        "cities",
                        new Wish(true, false, false),
                        "a:b",
                        new Wish(false, true, false),
                        "c",
                        new Wish(true, true, true)));
        assertThat(AudienceMessage.read(said.bytes())).isEqualTo(said);
        AudienceMessage nothing = new AudienceMessage(3, Map.of());
        assertThat(AudienceMessage.read(nothing.bytes())).isEqualTo(nothing);
        assertThat(AudienceMessage.read(new byte[] {2, 0, 0})).isNull();
    }
}
