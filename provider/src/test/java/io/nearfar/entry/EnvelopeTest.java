package io.nearfar.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nearfar.config.Compression;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Version VERSION = new Version(1_763_700_000_000_001L, 0x0102030405060708L);
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] VALUE = "value".getBytes(UTF_8);

    /** Puts the script's part between head and tail. */
    private static byte[] envelope(byte[] head, long expires, byte[] tail) {
        return ByteBuffer.allocate(34 + tail.length)
                .put(head)
                .putLong(VERSION.stamp())
                .putLong(VERSION.nonce())
                .putLong(1_763_700_000_000_000L)
                .putLong(expires)
                .put(tail)
                .array();
    }

    private static byte[] whole() {
        return envelope(Envelope.head(KEY), 0, Envelope.tail(KEY, VALUE));
    }

    @Test
    void read_ofEntry_givesItsParts() {
        Envelope envelope = Envelope.read(envelope(Envelope.head(null), 17, Envelope.tail(null, VALUE)));
        assertThat(envelope).isEqualTo(new Envelope(false, VERSION, 1_763_700_000_000_000L, 17, null, VALUE));
    }

    @Test
    void read_ofEntryWithKeyBytes_givesThem() {
        Envelope envelope = Envelope.read(whole());
        assertThat(envelope.keyBytes()).isEqualTo(KEY);
        assertThat(envelope.value()).isEqualTo(VALUE);
        assertThat(envelope.expires()).isEqualTo(Entry.NEVER);
    }

    @Test
    void read_ofEmptyKeyAndValue_givesThem() {
        Envelope envelope =
                Envelope.read(envelope(Envelope.head(new byte[0]), 0, Envelope.tail(new byte[0], new byte[0])));
        assertThat(envelope.keyBytes()).isEmpty();
        assertThat(envelope.value()).isEmpty();
    }

    @Test
    void read_ofPlaceholder_saysSo() {
        Envelope envelope = Envelope.read(envelope(Envelope.placeholderHead(), 9, Envelope.placeholderTail()));
        assertThat(envelope.placeholder()).isTrue();
        assertThat(envelope.version()).isEqualTo(VERSION);
    }

    /** Part of the stored format. */
    @Test
    void head_ofACompressedEntry_namesTheMethod() {
        assertThat(Envelope.head(null, Compression.NONE, Attributes.NONE)).containsExactly(1, 0);
        assertThat(Envelope.head(null, Compression.DEFLATE, Attributes.NONE)).containsExactly(1, 8);
        assertThat(Envelope.head(KEY, Compression.LZ4, Attributes.NONE)).containsExactly(1, 2 + 16);
        assertThat(Envelope.head(KEY, Compression.ZSTD, Attributes.NONE)).containsExactly(1, 2 + 8 + 16);
    }

    @ParameterizedTest
    @EnumSource
    void read_ofCompressedEntry_saysHow(Compression compression) {
        byte[] bytes = envelope(
                Envelope.head(KEY, compression, ATTRIBUTES), 17, Envelope.tail(KEY, compression, VALUE, ATTRIBUTES));
        Envelope expected =
                new Envelope(false, VERSION, 1_763_700_000_000_000L, 17, KEY, compression, VALUE, ATTRIBUTES);
        assertThat(Envelope.read(bytes)).isEqualTo(expected);
        assertThat(expected.bytes()).isEqualTo(bytes);
        byte[] otherwise = bytes.clone();
        otherwise[1] ^= 8;
        assertThat(Envelope.read(otherwise)).isNull();
    }

    /** Part of the stored format: entries that an older release wrote must stay readable. */
    @Test
    void read_ofBytesAsFirstReleased_givesTheEntry() {
        String stored = "0102" + "0006441367fd8801" + "0102030405060708" + "0006441367fd8800" + "0000000000000000"
                + "3e4f259a" + "00000003" + "6b6579" + "76616c7565";
        byte[] bytes = HexFormat.of().parseHex(stored);
        assertThat(HexFormat.of().formatHex(whole())).isEqualTo(stored);
        assertThat(Envelope.read(bytes)).isEqualTo(Envelope.read(whole()));
    }

    private static final Attributes ATTRIBUTES = Attributes.of(java.util.List.of("b", "é"), 1_000);

    private static byte[] attributed() {
        return attributed(KEY, ATTRIBUTES);
    }

    private static byte[] attributed(byte[] key, Attributes attributes) {
        return envelope(
                Envelope.head(key, Compression.NONE, attributes),
                0,
                Envelope.tail(key, Compression.NONE, VALUE, attributes));
    }

    /** Part of the stored format, as {@link #read_ofBytesAsFirstReleased_givesTheEntry}. */
    @Test
    void read_ofAttributes_givesThem() {
        String attributes = "0005" + "0162" + "02c3a9" + "00000000000003e8";
        String stored = HexFormat.of().formatHex(attributed());
        assertThat(stored).startsWith("0126").contains(attributes + "00000003" + "6b6579" + "76616c7565");
        Envelope read = Envelope.read(attributed());
        assertThat(read.attributes()).isEqualTo(ATTRIBUTES);
        assertThat(read.keyBytes()).isEqualTo(KEY);
        assertThat(read.value()).isEqualTo(VALUE);
        assertThat(read.bytes()).isEqualTo(attributed());
    }

    @Test
    void read_ofSomeAttributes_givesThem() {
        for (Attributes some : new Attributes[] {
            Attributes.of(java.util.List.of("a"), Attributes.AS_CONFIGURED),
            Attributes.of(java.util.List.of(), 0),
            Attributes.of(java.util.List.of(), Attributes.AS_CONFIGURED, 7),
            Attributes.of(java.util.List.of("a"), 0, 7),
            Attributes.of(java.util.List.of("a"), Attributes.AS_CONFIGURED, 0),
            Attributes.NONE
        }) {
            Envelope read = Envelope.read(attributed(null, some));
            assertThat(read.attributes()).isEqualTo(some);
            assertThat(read.value()).isEqualTo(VALUE);
        }
    }

    /** Counts and lengths that do not fit, in a checksummed body. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0000",
                "ffff",
                "0002",
                "00020261",
                "00020061",
                "000261",
                "0003016102",
                "0002" + "01c3",
                "0003" + "02c328",
                "00020161" + "00",
                "00020161" + "ffffffffffffffff"
            })
    void read_ofHostileAttributes_isNull(String body) {
        byte[] head = {Envelope.FORMAT, 4 | 32};
        assertThat(Envelope.read(
                        envelope(head, 0, checksummed(head, HexFormat.of().parseHex(body)))))
                .isNull();
    }

    @Test
    void read_ofTooManyTags_isNull() {
        byte[] head = {Envelope.FORMAT, 4};
        for (int count : new int[] {64, 65, 20_000}) {
            byte[] body = HexFormat.of().parseHex("%04x".formatted(2 * count) + "0161".repeat(count));
            Envelope read = Envelope.read(envelope(head, 0, checksummed(head, body)));
            assertThat(read == null).as("%d tags", count).isEqualTo(count > 64);
        }
    }

    private static byte[] checksummed(byte[] head, byte[] body) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(head);
        crc.update(body);
        return ByteBuffer.allocate(4 + body.length)
                .putInt((int) crc.getValue())
                .put(body)
                .array();
    }

    @Test
    void read_ofTruncatedEntry_isNull() {
        truncated(whole());
        truncated(attributed());
    }

    private static void truncated(byte[] whole) {
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(Envelope.read(cut)).as("%d bytes", length).isNull();
        }
    }

    @Test
    void read_ofFlippedBitInTheClientsPart_isNull() {
        flipped(whole());
        flipped(attributed());
    }

    private static void flipped(byte[] whole) {
        for (int bit = 0; bit < whole.length * 8; bit++) {
            int at = bit / 8;
            if (at >= 2 && at < 34) {
                continue; // the script's part, which a touch changes in place
            }
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << bit % 8);
            assertThat(Envelope.read(flipped)).as("bit %d", bit).isNull();
        }
    }

    @Test
    void read_ofUnknownVersionOrFlag_isNull() {
        byte[] newer = whole();
        newer[0] = 2;
        assertThat(Envelope.read(newer)).isNull();
        byte[] flag = envelope(new byte[] {Envelope.FORMAT, 64}, 0, Envelope.tail(null, VALUE));
        assertThat(Envelope.read(flag)).isNull();
    }

    /** A length of two gigabytes in a checksummed body must not make room for them. */
    @Test
    void read_ofAbsurdKeyLength_isNull() {
        for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 6}) {
            byte[] body = ByteBuffer.allocate(9).putInt(length).put(VALUE).array();
            CRC32C crc = new CRC32C();
            crc.update(Envelope.head(KEY));
            crc.update(body);
            byte[] tail = ByteBuffer.allocate(13)
                    .putInt((int) crc.getValue())
                    .put(body)
                    .array();
            assertThat(Envelope.read(envelope(Envelope.head(KEY), 0, tail))).isNull();
        }
    }

    private static final int BODY_AT = 38;

    /** Puts the checksum that makes the rest pass for sound. */
    private static byte[] sealed(byte[] bytes) {
        if (bytes.length >= BODY_AT) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, 0, 2);
            crc.update(bytes, BODY_AT, bytes.length - BODY_AT);
            ByteBuffer.wrap(bytes).putInt(BODY_AT - Integer.BYTES, (int) crc.getValue());
        }
        return bytes;
    }

    /** Changes a few bytes, mostly of the first ones, where flags and lengths are, and cuts or adds some at the end. */
    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = Arrays.copyOf(sound, sound.length + random.nextInt(9) - 4);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(Math.min(bytes.length, BODY_AT + 8))] = (byte) random.nextInt();
        }
        bytes[0] = Envelope.FORMAT;
        return bytes;
    }

    /** What the checksum does not stop: whatever lies behind it is read without an exception and without much room. */
    @Test
    void read_ofDamageUnderARightChecksum_neverThrowsAndAllocatesLittle() {
        List<byte[]> sound = List.of(
                whole(),
                envelope(Envelope.head(null), 17, Envelope.tail(null, VALUE)),
                envelope(
                        Envelope.head(KEY, Compression.LZ4, Attributes.NONE),
                        17,
                        Envelope.tail(KEY, Compression.LZ4, new byte[1_000], Attributes.NONE)),
                envelope(Envelope.placeholderHead(), 9, Envelope.placeholderTail()));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = sealed(damaged(sound.get(i % sound.size()), random));
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Envelope envelope = Envelope.read(bytes);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated)
                    .as("seed %d: bytes allocated for %s", seed, HexFormat.of().formatHex(bytes))
                    .isLessThan(100_000 + 2L * bytes.length);
            read += envelope == null ? 0 : 1;
        }
        assertThat(read).as("seed %d: damage that passes the checksum", seed).isBetween(10_000, 90_000);
    }

    @Test
    void read_ofNoiseWithAChecksum_neverThrows() {
        Random random = new Random(12);
        for (int i = 0; i < 50_000; i++) {
            byte[] head = {Envelope.FORMAT, (byte) (random.nextInt(256) & 62)};
            byte[] body = new byte[random.nextInt(40)];
            random.nextBytes(body);
            if (body.length > 1 && random.nextBoolean()) {
                body[0] = 0;
                body[1] = (byte) random.nextInt(body.length);
            }
            Envelope read = Envelope.read(envelope(head, 0, checksummed(head, body)));
            assertThat(read == null || read.attributes().tags().size() <= 64).isTrue();
        }
    }

    @Test
    void read_ofNoise_neverThrows() {
        Random random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = Envelope.FORMAT;
                noise[1] &= 63;
            }
            assertThat(Envelope.read(noise)).isNull();
        }
    }
}
