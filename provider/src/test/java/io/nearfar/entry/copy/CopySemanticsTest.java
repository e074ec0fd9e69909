package io.nearfar.entry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.copy.Specimens.Capital;
import io.nearfar.entry.copy.Specimens.City;
import io.nearfar.entry.copy.Specimens.Derived;
import io.nearfar.entry.copy.Specimens.External;
import io.nearfar.entry.copy.Specimens.Fixed;
import io.nearfar.entry.copy.Specimens.Foreign;
import io.nearfar.entry.copy.Specimens.Hooked;
import io.nearfar.entry.copy.Specimens.Kind;
import io.nearfar.entry.copy.Specimens.Pair;
import io.nearfar.entry.copy.Specimens.Replaced;
import io.nearfar.entry.copy.Specimens.Single;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

/** Holds copies against what serialization makes of the same objects. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder"
}) // the types under test are what users have
class CopySemanticsTest {
    private final ValueFormat<Object> format = ValueFormats.byValue(
            TestSettings.trusting(TrustPolicy.LEARNED), Object.class, getClass().getClassLoader());

    @Test
    void copy_ofEverySpecimenInEveryOther_isWhatSerializationMakes() throws Exception {
        for (Object inner : Specimens.around("x")) {
            for (Object outer : Specimens.around(inner)) {
                assertCopied(outer);
            }
        }
    }

    @Test
    void copy_ofCollections_isWhatSerializationMakes() throws Exception {
        for (Object element : List.of("x", new City(1, "Ulm"), new Pair("a", 1, new Date(1)), Kind.SPECIAL)) {
            List<Object> elements = List.of("a", element, "b");
            assertCopied(new ArrayList<>(elements));
            assertCopied(new LinkedList<>(elements));
            assertCopied(new Vector<>(elements));
            assertCopied(new ArrayDeque<>(elements));
            assertCopied(new LinkedHashSet<>(elements));
            assertCopied(new CopyOnWriteArrayList<>(elements));
            assertCopied(Arrays.asList("a", element, null));
            assertCopied(Collections.unmodifiableList(new ArrayList<>(elements)));
            assertCopied(Collections.unmodifiableList(new LinkedList<>(elements)));
            assertCopied(Collections.singletonList(element));
            assertCopied(Collections.singleton(element));
            assertCopied(Collections.singletonMap("a", element));
            assertCopied(Collections.synchronizedList(new ArrayList<>(elements)));
            assertCopied(elements);
            assertCopied(List.of(element));
            assertCopied(Set.of(element));
            assertCopied(Stream.of(element, null).toList());
            assertCopied(Map.of("a", element));
            assertCopied(Map.of("a", element, "b", 2));
            assertCopied(new HashMap<>(Map.of("a", element, "b", 2)));
            assertCopied(new TreeMap<>(Map.of("a", element, "b", 2)));
            assertCopied(new ConcurrentHashMap<>(Map.of("a", element, "b", 2)));
            assertCopied(new EnumMap<>(Map.of(Kind.SPECIAL, element)));
            assertCopied(Collections.unmodifiableMap(new HashMap<>(Map.of("a", element))));
            assertCopied(new Object[][] {{element}, {}, {1, element}});
        }
        assertCopied(EnumSet.of(Kind.PLAIN));
        assertCopied(BitSet.valueOf(new long[] {5}));
        assertCopied(new GregorianCalendar(2024, 1, 1));
        assertCopied(new StringBuilder("abc"));
        assertCopied(new ArrayList<>(List.of(Locale.UK, new AtomicInteger(5), new java.sql.Timestamp(5))));
        assertCopied(new TreeSet<>(String.CASE_INSENSITIVE_ORDER));
        assertCopied(new IllegalStateException("text", new IOException("cause"))
                .getCause()
                .getMessage());
    }

    @Test
    void copy_ofRandomGraphs_isWhatSerializationMakes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Object graph = randomGraph(random);
            assertThat(Shape.of(format.keep(graph).get()))
                    .as("seed %d, graph %d", seed, i)
                    .isEqualTo(Shape.of(serialized(graph)));
        }
    }

    /** Objects that hold each other at random, circles among them. */
    private static Object randomGraph(Random random) {
        List<City> cities = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            cities.add(random.nextBoolean() ? new City(i, "city") : new Capital(i));
        }
        for (City city : cities) {
            city.anything = randomPart(random, cities);
            city.another = randomPart(random, cities);
            city.parts.add(randomPart(random, cities));
        }
        return cities.get(0);
    }

    private static Object randomPart(Random random, List<City> cities) {
        City city = cities.get(random.nextInt(cities.size()));
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> city;
            case 2 -> city.parts;
            case 3 -> new Object[] {city, city.anything};
            case 4 -> new ArrayList<>(Arrays.asList(city.another, city));
            case 5 -> new LinkedHashMap<>(Map.of("city", city));
            case 6 -> random.nextInt(4) == 0 ? new Hooked() : new Derived("x");
            case 7 -> new Pair(new Date(5), 1, "immutable");
            default -> List.of("shared", Kind.SPECIAL);
        };
    }

    @Test
    void copy_ofObjectThatHoldsItself_holdsItself() {
        City city = new City(1, "Ulm");
        city.anything = city;
        city.parts.add(city.parts);
        City copy = (City) format.keep(city).get();
        assertThat(copy).isNotSameAs(city);
        assertThat(copy.anything).isSameAs(copy);
        assertThat(copy.parts.get(0)).isSameAs(copy.parts);
    }

    @Test
    void keep_laterChangesOfTheOriginal_doNotShow() {
        City city = new City(1, "Ulm");
        city.anything = new Date(5);
        city.parts.add(new int[] {1});
        Value<Object> kept = format.keep(city);
        ((Date) city.anything).setTime(6);
        ((int[]) city.parts.get(0))[0] = 2;
        city.name = "Bonn";
        assertUnchanged(kept);
    }

    @Test
    void get_changesOfWhatItReturned_doNotShow() {
        City city = new City(1, "Ulm");
        city.anything = new Date(5);
        city.parts.add(new int[] {1});
        Value<Object> kept = format.keep(city);
        City copy = (City) kept.get();
        ((Date) copy.anything).setTime(6);
        ((int[]) copy.parts.get(0))[0] = 2;
        copy.name = "Bonn";
        assertUnchanged(kept);
        assertUnchanged(format.decode(kept.bytes()));
    }

    private static void assertUnchanged(Value<Object> kept) {
        City city = (City) kept.get();
        assertThat(city.name).isEqualTo("Ulm");
        assertThat(city.anything).isEqualTo(new Date(5));
        assertThat((int[]) city.parts.get(0)).containsExactly(1);
    }

    @Test
    void get_whatCannotChange_isShared() {
        List<Object> immutables = List.of(
                new Fixed(1, "x"),
                new Pair("a", 1, new Fixed(2, "y")),
                Kind.SPECIAL,
                List.of(1, "a"),
                Map.of(1, Locale.UK));
        for (Object value : immutables) {
            assertThat(format.keep(value).get()).isSameAs(value);
        }
    }

    @Test
    void get_recordThatHoldsSomethingMutable_isCopied() {
        Pair pair = new Pair(new Date(5), 1, "x");
        Pair copy = (Pair) format.keep(pair).get();
        assertThat(copy).isEqualTo(pair).isNotSameAs(pair);
        assertThat(copy.left()).isNotSameAs(pair.left());
    }

    @Test
    void get_singleton_staysTheOne() {
        assertThat(format.keep(Single.INSTANCE).get()).isSameAs(Single.INSTANCE);
        assertThat(((Pair) format.keep(new Pair(Single.INSTANCE, 1, new Date(1)))
                                .get())
                        .left())
                .isSameAs(Single.INSTANCE);
    }

    @Test
    void get_hooks_areObeyed() {
        assertThat(((Hooked) format.keep(new Hooked()).get()).times).isEqualTo(1);
        assertThat(format.keep(new Replaced("x")).get()).isEqualTo(new Pair("x", 1, null));
        External external = new External();
        external.kept = 7;
        external.lost = 8;
        assertThat(format.keep(external).get()).extracting("kept", "lost").containsExactly(7, 0);
        assertThat(((City) format.keep(new City(1, "x")).get()).cached).isNull();
    }

    @Test
    void keep_notSerializable_namesTheClassAndTheCure() {
        City city = new City(1, "Ulm");
        city.anything = new Foreign();
        assertThatThrownBy(() -> format.keep(city))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("cities", Foreign.class.getName(), "Serializable");
    }

    @Test
    void keep_nestedDeeperThanCopiesGo_isCopiedAllTheSame() throws Exception {
        assertCopied(nested(420));
    }

    @Test
    void keep_nestedTooDeeply_isRefused() {
        Object nested = nested(100_000);
        assertThatThrownBy(() -> format.keep(nested))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nested too deeply");
    }

    private static Object nested(int depth) {
        City nested = new City(0, "end");
        for (int i = 0; i < depth; i++) {
            City outer = new City(i, "outer");
            outer.anything = nested;
            nested = outer;
        }
        return nested;
    }

    @Test
    void keep_thatCannotBeReadBack_isRefusedAtOnce() {
        assertThatThrownBy(() -> format.keep(new Specimens.Unreadable()))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("cities", "read back", "never again");
    }

    @Test
    void weight_growsWithTheValue() {
        assertThat(format.keep("x".repeat(1000)).weight()).isBetween(1000, 2200);
        assertThat(format.keep(new ArrayList<>(Collections.nCopies(100, "x".repeat(100))))
                        .weight())
                .isBetween(10_000, 30_000);
        assertThat(format.keep(new HashSet<>(List.of(new Hooked()))).weight()).isPositive();
    }

    private void assertCopied(Object value) throws Exception {
        String expected = Shape.of(serialized(value));
        Value<Object> kept = format.keep(value);
        assertThat(Shape.of(kept.get())).isEqualTo(expected);
        assertThat(Shape.of(kept.get())).as("second copy").isEqualTo(expected);
        assertThat(Shape.of(format.decode(kept.bytes()).get())).as("from bytes").isEqualTo(expected);
    }

    private static Object serialized(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
