package io.nearfar.entry.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nearfar.config.Compression;
import io.nearfar.config.CompressionSettings;
import io.nearfar.entry.TestSettings;
import io.nearfar.testing.CapturedLog;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ValueCompressionTest {
    private static final int THRESHOLD = 100;
    private static final byte[] TEXT = "the same again, ".repeat(1_000).getBytes(UTF_8);

    private static ValueCompression of(Compression method) {
        return new ValueCompression(TestSettings.compressing(new CompressionSettings(method, THRESHOLD)));
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    @ParameterizedTest
    @EnumSource
    void expand_ofACompressedValue_isTheValue(Compression method) {
        Compressed stored = of(method).compress(TEXT);
        assertThat(stored.method()).isEqualTo(method);
        if (method != Compression.NONE) {
            assertThat(stored.bytes().length).isLessThan(TEXT.length / 10);
        }
        assertThat(of(Compression.NONE).expand(method, stored.bytes())).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void compress_ofAValueBelowTheThreshold_leavesIt(Compression method) {
        byte[] small = Arrays.copyOf(TEXT, THRESHOLD - 1);
        assertThat(of(method).compress(small)).isEqualTo(new Compressed(Compression.NONE, small));
        assertThat(of(method).compress(Arrays.copyOf(TEXT, THRESHOLD)).method()).isEqualTo(method);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void compress_ofWhatDoesNotBecomeSmallerByAnEighth_leavesIt(Compression method) {
        for (int length : new int[] {100, 1_000, 100_000, 3_000_000}) {
            byte[] noise = noise(length);
            assertThat(of(method).compress(noise)).isEqualTo(new Compressed(Compression.NONE, noise));
            byte[] nearlyNoise = noise(length);
            Arrays.fill(nearlyNoise, 0, length / 10, (byte) 0);
            assertThat(of(method).compress(nearlyNoise).method()).isEqualTo(Compression.NONE);
        }
    }

    /** Part of the stored format. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void compressedBytes_beginWithTheLengthOfTheValue(Compression method) {
        assertThat(ByteBuffer.wrap(of(method).compress(TEXT).bytes()).getInt()).isEqualTo(TEXT.length);
    }

    /** What claims to be large is no value, and no room is made for it. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void expand_ofABomb_makesNoRoom(Compression method) {
        ValueCompression compression = of(method);
        byte[] bomb = compression.compress(new byte[7_900_000]).bytes();
        assertThat(compression.expand(method, bomb)).hasSize(7_900_000);
        for (int claim : new int[] {8_000_001, 1_000_000_000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            ByteBuffer.wrap(bomb).putInt(claim);
            long before = allocated();
            assertThat(compression.expand(method, bomb)).isNull();
            assertThat(allocated() - before)
                    .as("bytes for a claim of %d", claim)
                    .isLessThan(1_000_000);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void expand_ofAnotherLength_isNull(Compression method) {
        ValueCompression compression = of(method);
        for (int more : new int[] {-TEXT.length, -1_000, -1, 1, 1_000}) {
            byte[] stored = compression.compress(TEXT).bytes();
            ByteBuffer.wrap(stored).putInt(TEXT.length + more);
            assertThat(compression.expand(method, stored))
                    .as("%d bytes more", more)
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void expand_ofTruncatedBytes_isNull(Compression method) {
        byte[] stored = of(method).compress(TEXT).bytes();
        for (int length = 0; length < stored.length; length++) {
            assertThat(of(method).expand(method, Arrays.copyOf(stored, length)))
                    .as("%d bytes", length)
                    .isNull();
        }
    }

    /** The envelope's checksum finds accidents; whoever can write to the server can make that fit. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void expand_ofNoise_neverThrows(Compression method) {
        ValueCompression compression = of(method);
        byte[] sound = compression.compress(TEXT).bytes();
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = i % 2 == 0 ? sound.clone() : new byte[random.nextInt(200)];
            for (int changed = i % 2 == 0 ? 1 + random.nextInt(3) : noise.length; changed > 0; changed--) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            if (noise.length >= 4 && i % 2 != 0) {
                ByteBuffer.wrap(noise).putInt(random.nextInt(1_000));
            }
            byte[] whole = compression.expand(method, noise);
            assertThat(whole == null || whole.length == ByteBuffer.wrap(noise).getInt())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void compression_byALibraryThatIsNotThere_isRefusedByItsName(Compression method) {
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> new ValueCompression(
                        TestSettings.compressing(new CompressionSettings(method, 1)), wanted -> null))
                .withMessageContainingAll("cities", Methods.library(method), "nearfar.cache.cities.compression");
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void entries_compressedByALibraryThatIsNotThere_areToldOfOnce(Compression method) {
        ValueCompression lacking =
                new ValueCompression(TestSettings.compressing(CompressionSettings.NONE), wanted -> null);
        byte[] stored = of(method).compress(TEXT).bytes();
        try (CapturedLog log = new CapturedLog()) {
            assertThat(lacking.isReadable(method)).isFalse();
            assertThat(lacking.isReadable(method)).isFalse();
            assertThat(lacking.expand(method, stored)).isNull();
            assertThat(log.lines("NF0203"))
                    .singleElement()
                    .asString()
                    .contains("cities")
                    .contains(Methods.library(method));
        }
    }

    /** Hides the libraries from the provider's own classes. */
    private static final class Without extends URLClassLoader {
        Without() {
            super(
                    new URL[] {
                        Methods.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    ValueCompressionTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("net.jpountz.") || name.startsWith("com.github.luben.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.nearfar.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Test
    void methods_whereTheLibrariesAreNotThere_areThatOfTheJdk() throws Exception {
        try (Without without = new Without()) {
            Class<?> names = without.loadClass(Compression.class.getName());
            Method find = without.loadClass(Methods.class.getName()).getDeclaredMethod("find", names);
            find.setAccessible(true);
            for (Object name : names.getEnumConstants()) {
                Object found = find.invoke(null, name);
                assertThat(found != null)
                        .as("%s", name)
                        .isEqualTo(name.toString().equals("DEFLATE"));
            }
        }
    }
}
