package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nearfar.entry.StandardValues;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.copy.Specimens;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies under a key in the far tier: reading it throws nothing, and takes no more memory than its size explains. */
@SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder"}) // the types under test are what users have
class HostileBytesTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static ValueFormat<Object> format(String codec) {
        return ValueFormats.byValue(
                TestSettings.withCodec(codec), Object.class, HostileBytesTest.class.getClassLoader());
    }

    @Test
    void decode_randomBytes_throwsNothing() {
        ValueFormat<Object> format = format("java");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = (byte) random.nextInt(32);
            }
            decode(format, bytes, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "kryo"})
    void decode_damagedBytes_throwsNothing(String codec) {
        ValueFormat<Object> format = format(codec);
        List<byte[]> sound = soundBytes(format);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            decode(format, damaged(sound.get(random.nextInt(sound.size())), random), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "kryo"})
    void decode_truncatedBytes_throwsNothing(String codec) {
        ValueFormat<Object> format = format(codec);
        for (byte[] bytes : soundBytes(format)) {
            for (int length = 0; length < Math.min(bytes.length, 2_000); length++) {
                decode(format, Arrays.copyOf(bytes, length), length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "kryo"})
    void decode_everyFourBytesMadeHuge_allocatesLittle(String codec) {
        ValueFormat<Object> format = format(codec);
        for (byte[] bytes : soundBytes(format)) {
            for (int i = 0; i + 4 <= Math.min(bytes.length, 3_000); i++) {
                byte[] huge = bytes.clone();
                huge[i] = 0x3f;
                huge[i + 1] = (byte) 0xff;
                decode(format, huge, i);
            }
        }
    }

    @Test
    void decode_nestedVeryDeeply_isAMiss() throws IOException {
        assertThat(format("java").decode(nestedArrays(1_000_000))).isNull();
    }

    /** What Map.of makes of an odd number of keys and values is an error, no exception. */
    @Test
    void decode_immutableMapWithAnOddLength_isAMiss() {
        ValueFormat<Object> format = format("java");
        byte[] bytes = format.keep(new ArrayList<>(List.of(Map.of("a", "b", "c", "d"))))
                .bytes();
        int length = indexOf(bytes, new byte[] {0, 0, 0, 4});
        bytes[length + 3] = 3;
        assertThat(format.decode(bytes)).isNull();
    }

    /** The same for Kryo: a class that was named, an object that is new, one element. */
    @Test
    void decode_nestedVeryDeeplyByKryo_isAMiss() {
        ValueFormat<Object> format = format("kryo");
        byte[] one = format.keep(new Object[] {null}).bytes();
        byte[] nested = Arrays.copyOf(one, one.length - 1 + 4 * 1_000_000);
        for (int i = one.length - 1; i < nested.length; i += 4) {
            System.arraycopy(new byte[] {1, 0, 1, 1}, 0, nested, i, 4);
        }
        assertThat(format.decode(Arrays.copyOf(one, one.length))).isNotNull();
        assertThat(format.decode(nested)).isNull();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found in " + Arrays.toString(bytes));
    }

    /** Object[] in Object[] in Object[], each of one element. */
    private static byte[] nestedArrays(int depth) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {CompactTypes.CODEC, 4, 'j', 'a', 'v', 'a'});
        out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
        out.writeShort(ObjectStreamConstants.STREAM_VERSION);
        out.writeByte(ObjectStreamConstants.TC_ARRAY);
        out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
        out.writeUTF("[Ljava.lang.Object;");
        out.writeLong(0x90ce589f1073296cL);
        out.write(new byte[] {2, 0, 0, ObjectStreamConstants.TC_ENDBLOCKDATA, ObjectStreamConstants.TC_NULL});
        out.writeInt(1);
        for (int i = 0; i < depth; i++) {
            out.writeByte(ObjectStreamConstants.TC_ARRAY);
            out.writeByte(ObjectStreamConstants.TC_REFERENCE);
            out.writeInt(ObjectStreamConstants.baseWireHandle);
            out.writeInt(1);
        }
        return bytes.toByteArray();
    }

    private static void decode(ValueFormat<Object> format, byte[] bytes, long seed) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Value<Object> value = format.decode(bytes);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("seed %d: bytes allocated for %s, which gave %s", seed, Arrays.toString(bytes), value)
                .isLessThan(2_000_000 + 500L * bytes.length);
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(Math.min(bytes.length, 3_000));
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
                    bytes = more;
                }
            }
        }
        return bytes;
    }

    private static List<byte[]> soundBytes(ValueFormat<Object> format) {
        List<Object> values = new ArrayList<>(Specimens.around(new Specimens.City(1, "Ulm")));
        StandardValues.awkward().stream()
                .filter(value -> value.toString().length() < 1_000)
                .forEach(values::add);
        List<Object> elements = List.of(1, "a", new Specimens.Fixed(1, "x"));
        values.addAll(List.of(new ArrayList<>(elements), new HashSet<>(elements), new ArrayDeque<>(elements)));
        values.addAll(List.of(new CopyOnWriteArrayList<>(elements), new PriorityQueue<>(List.of(1, 2)), elements));
        for (Map<Object, Object> map : List.of(
                new HashMap<>(),
                new TreeMap<>(),
                new Hashtable<>(),
                new ConcurrentHashMap<>(),
                new IdentityHashMap<>(),
                new Properties())) {
            map.put("a", elements);
            values.add(map);
        }
        values.addAll(List.of(new long[] {1, 2}, new String[][] {{"a"}}, java.util.EnumSet.of(Specimens.Kind.PLAIN)));
        values.addAll(List.of(new java.util.GregorianCalendar(), java.util.Locale.UK, new StringBuilder("x")));
        return values.stream().map(value -> format.keep(value).bytes()).toList();
    }
}
