package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Compression;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.key.KeyText;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowContentTest {
    private static final Version BASE = new Version(7, -8);

    private static Envelope entry(long expires) {
        return new Envelope(false, new Version(-3, 9), 11, expires, null, new byte[] {1, 2, 3});
    }

    private static List<RowContent> all() {
        return List.of(
                new RowContent(new KeyText("k", null), BASE, entry(Entry.NEVER)),
                new RowContent(new KeyText("~#Ä\u2026", new byte[] {4, 5}), null, entry(12)),
                new RowContent(new KeyText("k", null), BASE, entry(12), 13),
                new RowContent(new KeyText("k", null), BASE, entry(12), 13).over(new Version(9, 9)),
                new RowContent(new KeyText("k", null), null, entry(Entry.NEVER)).over(BASE),
                new RowContent(new KeyText("", new byte[0]), BASE, null));
    }

    private static void assertSame(RowContent read, RowContent written) {
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }

    @Test
    void read_whatWasWritten_isTheSame() {
        all().forEach(content -> assertSame(RowContent.read(content.bytes()), content));
    }

    /** What work has left was not known when it was put: an invalidation in between may have come later. */
    @Test
    void over_leavesWhatWasPut_asOldAsItIs() {
        RowContent put = new RowContent(new KeyText("k", null), BASE, entry(12));
        RowContent over = RowContent.read(put.over(new Version(9, 9)).bytes());
        assertThat(over.base()).isEqualTo(new Version(9, 9));
        assertThat(over.since()).isEqualTo(BASE.stamp());
        assertThat(put.bytes()).hasSameSizeAs(new RowContent(new KeyText("k", null), null, entry(12)).bytes());
    }

    @Test
    void read_damagedOrCutShort_isNothing() {
        for (RowContent content : all()) {
            byte[] sound = content.bytes();
            for (int at = 0; at < sound.length; at++) {
                byte[] damaged = sound.clone();
                damaged[at] ^= 0x10;
                assertThat(RowContent.read(damaged)).as("byte " + at).isNull();
                assertThat(RowContent.read(Arrays.copyOf(sound, at))).isNull();
            }
        }
    }

    /** Its bytes would be taken for the value itself. */
    @Test
    void read_compressedValue_isNothing() {
        byte[] value = {1, 2, 3};
        Envelope compressed =
                new Envelope(false, BASE, 11, Entry.NEVER, null, Compression.DEFLATE, value, Attributes.NONE);
        assertThat(RowContent.read(new RowContent(new KeyText("k", null), BASE, compressed).bytes()))
                .isNull();
    }

    @Test
    void read_randomBytes_throwsNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = 1;
                bytes[1] &= 15;
            }
            assertThat(RowContent.read(bytes)).as("seed " + seed).isNull();
        }
    }
}
