package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.ValueCodec;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.codec.kryo.KryoCodec;
import io.nearfar.entry.codec.lent.Place;
import io.nearfar.entry.copy.Specimens;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Kryo's codec gives back, refuses, announces and asks for. */
class KryoCodecTest {
    private final ValueFormat<Object> format = ValueFormats.byValue(
            TestSettings.withCodec("kryo"), Object.class, getClass().getClassLoader());

    /** Not Serializable, without a constructor that takes nothing. */
    static class Node {
        final String name;
        final long[] counts;

        @Nullable
        Object next;

        transient int skipped = 7;

        Node(String name) {
            this.name = name;
            this.counts = new long[] {name.length()};
        }
    }

    /** Hides a field, and says in a constructor what is not written. */
    static class Part extends Node {
        private final List<String> lines = new ArrayList<>();
        private String more = "";
        transient Object lock = new Object();

        Part() {
            super("part");
        }
    }

    /** Throws away what a constructor gets. */
    record Range(int from, @Nullable Integer to, DayOfWeek day, Optional<LocalDate> since) {}

    /** Fails when it is read. */
    record Fussy(String name) {
        static boolean isFussy;

        Fussy {
            if (isFussy) {
                throw new IllegalArgumentException("no " + name);
            }
        }
    }

    /** Of the JDK in part, and not Serializable with what it holds. */
    static class Bag extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Object> values() {
        Map<String, Object> sorted = new TreeMap<>(Comparator.reverseOrder());
        sorted.putAll(Map.of("a", 1, "b", List.of()));
        Map<DayOfWeek, Object> byDay = new EnumMap<>(DayOfWeek.class);
        byDay.put(DayOfWeek.FRIDAY, 5);
        return Stream.of(
                new Range(1, null, DayOfWeek.MONDAY, Optional.of(LocalDate.EPOCH)),
                new Range(-1, Integer.MAX_VALUE, DayOfWeek.SUNDAY, Optional.empty()),
                new Specimens.Pair("ä€𝄞\ud800", 5, new Specimens.Pair(TimeUnit.DAYS, -5, 'x')),
                new ArrayList<>(Arrays.asList(1, null, 2L, 3f, 4d, (short) 5, (byte) 6, true, "x".repeat(1_000))),
                List.of("a"),
                List.of("a", "b", List.of()),
                Stream.of("a", null).toList(),
                Set.of(1, 2, 3),
                Map.of("k", List.of(Map.of())),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.unmodifiableSet(new HashSet<>(List.of(1))),
                Collections.unmodifiableMap(new LinkedHashMap<>(Map.of(1, 2))),
                Collections.singletonList(null),
                Collections.emptyMap(),
                Arrays.asList("x", null),
                EnumSet.of(DayOfWeek.FRIDAY),
                EnumSet.of(Specimens.Kind.values()[0], Specimens.Kind.values()),
                byDay,
                sorted,
                new TreeSet<>(List.of("b", "a")),
                new ConcurrentHashMap<>(Map.of("a", new BigDecimal("1.50"))),
                Optional.of(ZonedDateTime.parse("2024-10-27T02:30+02:00[Europe/Paris]")),
                Locale.UK,
                new java.util.Date(5));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_isReadAsItWas(Object value) {
        Object read = format.decode(format.keep(value).bytes()).get();
        assertThat(read).usingRecursiveComparison().isEqualTo(value);
        assertThat(read.getClass().isInstance(value) || value instanceof java.util.Collection || value instanceof Map)
                .isTrue();
    }

    @Test
    void arrays_areReadAsTheyWere() {
        Object[] all = {
            new int[] {1, -1},
            new long[] {Long.MIN_VALUE},
            new double[] {Double.NaN},
            new float[] {1},
            new char[] {'\ud800'},
            new short[] {-5},
            new boolean[] {true},
            new byte[] {1},
            new String[][] {{"a"}, null},
            new DayOfWeek[0]
        };
        assertThat(format.decode(format.keep(all).bytes()).get()).isEqualTo(all);
    }

    @Test
    void object_thatIsNotSerializable_keepsItsFieldsAndItsShape() {
        Node node = new Node("n");
        Part part = new Part();
        part.more = "m";
        part.lines.add("l");
        node.next = new Object[] {node, part, part};
        Node read = (Node) format.decode(format.keep(node).bytes()).get();
        Object[] next = (Object[]) read.next;
        assertThat(next[0]).isSameAs(read);
        assertThat(next[1]).isSameAs(next[2]);
        assertThat(((Part) next[1]).lock).isNotNull();
        assertThat(next[1]).usingRecursiveComparison().ignoringFields("lock").isEqualTo(part);
        assertThat(read.skipped).as("without a constructor").isZero();
        assertThat(read.counts).containsExactly(1);
    }

    @Test
    void whatCannotBeWritten_isRefusedAndNamed() {
        assertRefused((Supplier<String>) () -> "x", "is a lambda or a proxy");
        assertRefused(new ArrayList<>(List.of(OptionalInt.of(1))), "java.util.OptionalInt is of the JDK");
        Bag bag = new Bag();
        bag.add(new Node("n"));
        assertRefused(bag, Node.class.getName());
        Node deep = new Node("0");
        for (int i = 0; i < 5_000; i++) {
            Node outer = new Node("n");
            outer.next = deep;
            deep = outer;
        }
        assertRefused(deep, "Max depth exceeded");
    }

    private void assertRefused(Object value, String text) {
        assertThatThrownBy(() -> format.keep(value).bytes())
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("Cache cities", "codec kryo", text);
    }

    @Test
    void whatCannotBeReadBack_isRefusedWhenItIsPut() {
        Fussy value = new Fussy("x");
        Fussy.isFussy = true;
        try {
            assertRefused(value, "it can be written but not be read");
        } finally {
            Fussy.isFussy = false;
        }
    }

    @Test
    void everyClassInTheBytes_isAnnouncedAndAskedFor() throws IOException, ClassNotFoundException {
        KryoCodec codec = new KryoCodec(new KryoSurroundings());
        Asked asked = new Asked("");
        Object value = new Object[] {new Range(1, 2, DayOfWeek.MONDAY, Optional.empty()), new Place("x"), Locale.UK};
        byte[] bytes = codec.encode(value, asked);
        assertThat(asked.met).contains(Object[].class, Range.class, DayOfWeek.class, Place.class, Locale.class);

        Asked reading = new Asked("");
        codec.decode(bytes, reading);
        assertThat(reading.met).containsExactlyInAnyOrderElementsOf(asked.met);
        for (Class<?> each : asked.met) {
            assertThatThrownBy(() -> codec.decode(bytes, new Asked(each.getName())))
                    .as("without %s", each)
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    /** The classes that were announced or asked for; one is refused. */
    private static final class Asked implements ValueCodec.Types {
        private final Set<Class<?>> met = new HashSet<>();
        private final String refused;

        Asked(String refused) {
            this.refused = refused;
        }

        @Override
        public void met(Class<?> type) {
            met.add(type);
        }

        @Override
        public Class<?> resolve(String name) throws ClassNotFoundException {
            if (name.equals(refused)) {
                throw new ClassNotFoundException(name);
            }
            Class<?> type = Class.forName(name, false, loader());
            met.add(type);
            return type;
        }

        @Override
        public ClassLoader loader() {
            return KryoCodecTest.class.getClassLoader();
        }
    }

    @Test
    void threads_doNotDisturbEachOther() {
        List<Object> values = values().toList();
        long wrong = IntStream.range(0, 2_000)
                .parallel()
                .filter(i -> {
                    Object value = values.get(i % 12);
                    return !value.equals(
                            format.decode(format.keep(value).bytes()).get());
                })
                .count();
        assertThat(wrong).isZero();
    }
}
