package io.nearfar.entry.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import java.io.Serializable;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // the types under test are what users have
class JsonCodecTest {
    private final ValueFormat<Object> format =
            ValueFormats.byValue(TestSettings.withCodec("json"), Object.class, JsonCodecTest.class.getClassLoader());

    enum Climate {
        DRY,
        MILD {
            @Override
            String word() {
                return "mild";
            }
        };

        String word() {
            return "dry";
        }
    }

    enum Plain {
        ONE,
        TWO
    }

    record Place(String name, double latitude, LocalDate founded, Climate climate, List<String> names) {}

    record Typed(
            Map<Integer, Climate> byNumber,
            EnumSet<Climate> some,
            Set<Plain> plain,
            EnumMap<Climate, Long> many,
            int[][] grid) {}

    record Untyped(Object any, List<Object> items, Map<String, Object> parts, Class<?> type) {}

    static class Animal {
        private String name = "";
        private final transient int cached = 7;

        private Animal() {}

        Animal(String name) {
            this.name = name;
        }

        String getShout() {
            throw new IllegalStateException("nobody asked for what is computed");
        }

        @Override
        public boolean equals(Object other) {
            return other != null
                    && other.getClass() == getClass()
                    && ((Animal) other).name.equals(name)
                    && ((Animal) other).cached == cached;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name);
        }
    }

    static final class Dog extends Animal {
        private int age;

        private Dog() {}

        Dog(String name, int age) {
            super(name);
            this.age = age;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && ((Dog) other).age == age;
        }

        @Override
        public int hashCode() {
            return Objects.hash(super.hashCode(), age);
        }
    }

    record Owner(Animal animal, Animal[] others) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Owner owner && owner.animal.equals(animal) && Arrays.equals(owner.others, others);
        }

        @Override
        public int hashCode() {
            return Objects.hash(animal);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    static class Named {
        private int number = 4;

        @Override
        public boolean equals(Object other) {
            return other instanceof Named named && named.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    record Holder(Named named) {}

    static Stream<Object> values() {
        return Stream.of(
                new Place("Lisboa", 38.7, LocalDate.of(1147, 10, 25), Climate.MILD, List.of("Lisbon", "Lisabon")),
                new Place("", Double.NaN, LocalDate.MAX, Climate.DRY, List.of()),
                new Untyped(5L, List.of(1, 2L, "x", 1.5, Climate.MILD), Map.of("a", new Dog("Rex", 3)), Dog.class),
                new Untyped(new BigDecimal("1.50"), List.of(), Map.of(), int[].class),
                new Untyped(Instant.parse("2026-11-26T08:00:00.123456789Z"), List.of(), Map.of(), String.class),
                new Untyped(
                        ZonedDateTime.of(2026, 11, 26, 8, 0, 0, 5, ZoneId.of("Europe/Lisbon")),
                        List.of(),
                        Map.of(),
                        long.class),
                new Owner(new Dog("Rex", 3), new Animal[] {new Animal("Tom"), new Dog("Bob", 1)}),
                new Holder(new Named()),
                new ArrayList<>(Arrays.asList("x", null, List.of(1L))),
                new LinkedHashSet<>(List.of("b", "a")),
                new LinkedHashMap<>(Map.of("k", List.of(UUID.randomUUID()))),
                new TreeMap<>(Map.of("k", new TreeSet<>(Set.of("x")))),
                new HashMap<>(Map.of("date", new Date(5), "byte", (byte) 1)),
                new Named());
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_comesBackEqualAndOfItsClass(Object value) {
        Object back = format.decode(format.keep(value).bytes()).get();
        assertThat(back).isEqualTo(value).hasSameClassAs(value);
    }

    @Test
    void typedFields_keepTheirTypes() {
        Typed typed = new Typed(
                Map.of(5, Climate.MILD),
                EnumSet.of(Climate.DRY),
                EnumSet.of(Plain.ONE),
                new EnumMap<>(Map.of(Climate.MILD, 4L)),
                new int[][] {{1}, {}});
        Typed back = (Typed) format.decode(format.keep(typed).bytes()).get();
        assertThat(back).usingRecursiveComparison().isEqualTo(typed);
        assertThat(back.some()).isInstanceOf(EnumSet.class);
    }

    static Stream<Object> collectionsNobodyCanMake() {
        return Stream.of(
                List.of("a", "b"),
                Arrays.asList("a", null),
                Set.of("a", "b"),
                Map.of("a", 1, "b", 2),
                Collections.unmodifiableList(new ArrayList<>(List.of("x"))),
                Collections.unmodifiableMap(new TreeMap<>(Map.of("x", 1))),
                Collections.emptySet(),
                Collections.singletonMap("a", "b"));
    }

    @ParameterizedTest
    @MethodSource("collectionsNobodyCanMake")
    void collectionOfTheJdk_comesBackEqual(Object value) {
        assertThat(format.decode(format.keep(value).bytes()).get()).isEqualTo(value);
    }

    @Test
    void bytes_areReadable() {
        String text = new String(format.keep(new Dog("Rex", 3)).bytes(), StandardCharsets.UTF_8);
        assertThat(text).endsWith("[\"" + Dog.class.getName() + "\",{\"name\":\"Rex\",\"age\":3}]");
    }

    record Loose(Object map) {}

    record Number(String text) {}

    record Keyed(Map<Number, String> byNumber) {}

    record ByClass(Map<Class<?>, String> byClass) {}

    record ByAny<K extends Serializable>(Map<K, String> byAny) {}

    record Address(URL url) {}

    private static URL url() {
        try {
            return new URL("http://127.0.0.1/");
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    static class Unreadable {
        private final int number;

        Unreadable(int number, int other) {
            this.number = number + other;
        }

        int number() {
            return number;
        }
    }

    static class Loop {
        private final Loop self = this;

        Loop self() {
            return self;
        }
    }

    static Stream<Object[]> refusals() {
        return Stream.of(
                new Object[] {new Loose(new HashMap<>(Map.of(5, "x"))), "java.lang.Integer"},
                new Object[] {new TreeMap<String, String>(Comparator.reverseOrder()), "comparator"},
                new Object[] {new TreeSet<String>(Comparator.reverseOrder()), "comparator"},
                new Object[] {new Loose(EnumSet.of(Climate.DRY)), "EnumSet"},
                new Object[] {new Loose(new EnumMap<>(Map.of(Climate.DRY, 1))), "EnumMap"},
                new Object[] {new Keyed(Map.of(new Number("5"), "x")), "Number"},
                new Object[] {new ByClass(Map.of(Dog.class, "x")), "java.lang.Class"},
                new Object[] {new ByAny<>(Map.of(5L, "x")), "java.lang.Long"},
                new Object[] {new Loose(java.sql.Date.valueOf("2026-11-26")), "LocalDate"},
                new Object[] {new Loose(new GregorianCalendar()), "time zone"},
                new Object[] {new PriorityQueue<String>(Comparator.reverseOrder()), "comparator"},
                new Object[] {new Address(url()), "java.net.URL"},
                new Object[] {new Unreadable(1, 2), "written but not be read"},
                new Object[] {new Loop(), "Loop"},
                new Object[] {new Untyped(InetAddress.getLoopbackAddress(), List.of(), Map.of(), int.class), "Inet"});
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void valueThatWouldBeLost_isRefusedWhenPut(Object value, String reason) {
        assertThatThrownBy(() -> format.keep(value).bytes())
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("cities", value.getClass().getName(), "codec json", reason)
                .hasMessageContaining("nearfar.cache.cities.codec");
    }

    /** What a release wrote before its class got or lost a field. */
    @Test
    void fieldThatWasAddedOrRemoved_doesNoHarm() {
        String now = "{\"name\":\"Rex\",\"age\":3}";
        assertThat(changed(now, "{\"name\":\"Rex\",\"age\":3,\"colour\":\"red\"}"))
                .isEqualTo(new Dog("Rex", 3));
        assertThat(changed(now, "{\"name\":\"Rex\"}")).isEqualTo(new Dog("Rex", 0));
        assertThat(changed(now, "{\"name\":\"Rex\",\"age\":\"three\"}")).isNull();
    }

    private Object changed(String from, String to) {
        return decode(format, new Dog("Rex", 3), from, to);
    }

    private static Object decode(ValueFormat<Object> format, Object value, String from, String to) {
        String text = new String(format.keep(value).bytes(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        var read = format.decode(text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
        return read == null ? null : read.get();
    }

    /** Tells when it is initialized. */
    static class Trap {
        static {
            System.setProperty("nearfar.test.trap", "sprung");
        }
    }

    static class OtherTrap extends Animal {
        static {
            System.setProperty("nearfar.test.trap", "sprung");
        }
    }

    @Test
    void classThatNobodyTrusts_isNeitherMadeNorInitialized() {
        Untyped holder = new Untyped(new Dog("Rex", 3), List.of(), Map.of(), Dog.class);
        String dog = '"' + Dog.class.getName() + '"';
        assertThat(decode(format, holder, "[" + dog, "[\"" + Trap.class.getName() + '"'))
                .isNull();
        assertThat(decode(format, holder, ":" + dog, ":\"" + Trap.class.getName() + '"'))
                .isNull();
        assertThat(decode(
                        format, new Owner(new Dog("a", 1), new Animal[0]), dog, '"' + OtherTrap.class.getName() + '"'))
                .isNull();
        assertThat(decode(format, holder, dog, "\"javax.naming.InitialContext\""))
                .isNull();
        assertThat(System.getProperty("nearfar.test.trap")).isNull();
    }

    /** Does something when it is made. */
    static class Importer {
        private final String path;

        Importer(String path) {
            this.path = path;
            System.setProperty("nearfar.test.importer", path);
        }

        static Importer valueOf(String path) {
            return new Importer(path);
        }

        String path() {
            return path;
        }
    }

    @Test
    void constructorThatTakesAnArgument_isNotRunByBytes() {
        String dog = "[\"" + Dog.class.getName() + "\",{\"name\":\"Rex\",\"age\":3}]";
        String importer = "[\"" + Importer.class.getName() + "\",";
        assertThat(decode(declared(), new Dog("Rex", 3), dog, importer + "\"/path\"]"))
                .isNull();
        assertThat(decode(declared(), new Dog("Rex", 3), dog, importer + "{\"path\":\"/path\"}]"))
                .isNull();
        assertThat(System.getProperty("nearfar.test.importer")).isNull();
    }

    /** Trusts the whole package. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // only dogs are put
    private static ValueFormat<Object> declared() {
        return (ValueFormat)
                ValueFormats.byValue(TestSettings.withCodec("json"), Dog.class, JsonCodecTest.class.getClassLoader());
    }

    @Test
    void classAsAKey_isNotInitialized() {
        ValueFormat<Object> format = declared();
        String dog = "[\"" + Dog.class.getName() + "\",{\"name\":\"Rex\",\"age\":3}]";
        String keyed = "[\"" + ByClass.class.getName() + "\",{\"byClass\":[\"java.util.HashMap\",{\""
                + Trap.class.getName() + "\":\"x\"}]}]";
        assertThat(decode(format, new Dog("Rex", 3), dog, keyed)).isNull();
        assertThat(System.getProperty("nearfar.test.trap")).isNull();
    }

    @Test
    void classOfAnotherKindThanThePlace_isAMiss() {
        Owner owner = new Owner(new Dog("Rex", 3), new Animal[0]);
        assertThat(decode(format, owner, '"' + Dog.class.getName() + '"', "\"java.util.ArrayList\""))
                .isNull();
    }

    @Test
    void damagedBytes_throwNothing() {
        Random random = new Random(4711);
        byte[] good = format.keep(values().toList().get(2)).bytes();
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(10) == 0 ? random.nextInt(good.length) : good.length);
            for (int j = random.nextInt(4); j >= 0 && bad.length > 0; j--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            format.decode(bad);
        }
        assertThat(format.decode(good)).isNotNull();
    }

    @Test
    void nestedVeryDeeply_isAMiss() {
        String text = new String(format.keep(new Dog("Rex", 3)).bytes(), StandardCharsets.ISO_8859_1);
        String deep = text.substring(0, text.indexOf('[')) + "[\"java.util.ArrayList\",[".repeat(200_000);
        assertThat(format.decode(deep.getBytes(StandardCharsets.ISO_8859_1))).isNull();
    }
}
