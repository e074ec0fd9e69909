package io.nearfar.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.ReadableKey;
import java.io.Serializable;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "EqualsGetClass"}) // the types under test are what users have
class ObjectKeysTest {
    private final KeyFormat<Object> format = KeyFormats.of(Object.class, CodecKeys.of(Object.class));

    @Test
    void text_ofKeyMadeOfParts_endsWithThePartsJoinedByColons() {
        assertThat(format.text(new Parts(42, "30d")).text()).isEqualTo("~(is):42:30d");
        assertThat(format.text(new Parts(42L, "30d")).text()).isEqualTo("~(ls):42:30d");
        assertThat(format.text(new Parts("a:b", null, DayOfWeek.MONDAY)).text())
                .isEqualTo("~(sne):a%3ab:null:java.time.DayOfWeek.MONDAY");
        assertThat(format.text(new Parts()).text()).isEqualTo("~()");
    }

    @Test
    void text_ofKeyWithOtherParts_showsWhatItCan() {
        assertThat(format.text(new Parts(42, List.of("a", "b"), new int[] {7}, new Point(1, 2)))
                        .text())
                .startsWith("~#42:a:b::7::Point:#");
        assertThat(format.text(new Point(1, 2)).text()).startsWith("~#Point#").hasSize(8 + 43);
        assertThat(format.text("long ".repeat(100)).text())
                .startsWith("~#long long ")
                .hasSize(3 + 60 + 43);
        assertThat(format.text("\ud800\n".repeat(200)).text()).startsWith("~#____");
    }

    @Test
    void text_ofUnequalKeys_differs() {
        Map<String, Object> seen = new HashMap<>();
        for (Object key : unequalKeys()) {
            KeyText text = format.text(key);
            assertThat(seen.put(text.text(), key))
                    .as("other key with text %s", text.text())
                    .isNull();
        }
    }

    private static List<Object> unequalKeys() {
        List<Object> keys = new ArrayList<>(unequalParts());
        keys.addAll(unequalObjects());
        return keys;
    }

    private static List<Object> unequalParts() {
        return List.of(
                new Parts(42, "30d"),
                new Parts("42", "30d"),
                new Parts(42L, "30d"),
                new Parts("42:30d"),
                "42:30d",
                new Parts("4", "2:30d"),
                new Parts(42, "30", "d"),
                new Parts("null"),
                new Parts((Object) null),
                new Parts(),
                new Parts(new Parts()),
                new Parts(List.of()),
                List.of(),
                List.of(List.of()),
                List.of(42, "30d"),
                List.of("42", "30d"),
                new Parts(List.of(42, "30d")),
                new Parts(Set.of(42, "30d")),
                Set.of(42, "30d"),
                new Parts((Object) new int[] {1}),
                new Parts((Object) new long[] {1}),
                new Parts((Object) new Integer[] {1}),
                new Parts((Object) new int[] {1, 2}),
                new Parts(new BigDecimal("1.0")),
                new Parts(new BigDecimal("1.00")),
                new Parts("%3a"),
                new Parts(":"),
                new Parts("~"),
                new Parts(0.0),
                new Parts(-0.0),
                new Parts('a'),
                new Parts("a"));
    }

    private static List<Object> unequalObjects() {
        return List.of(
                DayOfWeek.MONDAY,
                "~e:java.time.DayOfWeek.MONDAY",
                DayOfWeek.FRIDAY,
                new Point(1, 2),
                new Point(2, 1),
                new OtherPoint(1, 2),
                new Named("a", 1),
                new Named("b", 1),
                new SubNamed("a", 1),
                Map.of(1, 2),
                Map.of(2, 1),
                Map.of(),
                Set.of(),
                new AbstractMap.SimpleEntry<>(1, 2),
                new HashSet<>(List.of(1)),
                new HashMap<>(Map.of("a", Set.of(1))),
                URI.create("http://a/B"),
                URI.create("http://a/b"),
                URI.create("mailto:a"),
                URI.create("http://a"),
                URI.create("http:a"),
                URI.create("//a"),
                URI.create("a"),
                new Date(5),
                new java.sql.Timestamp(5),
                Locale.UK,
                Locale.US);
    }

    @Test
    void text_ofEqualKeys_isTheSame() {
        assertSame(
                List.of(1, "a"),
                new ArrayList<>(List.of(1, "a")),
                new LinkedList<>(List.of(1, "a")),
                Arrays.asList(1, "a"),
                Collections.unmodifiableList(new ArrayList<>(List.of(1, "a"))));
        assertSame(
                Set.of("a", "b", "c"),
                new TreeSet<>(Set.of("a", "b", "c")),
                new LinkedHashSet<>(List.of("c", "b", "a")),
                grown(Set.of("a", "b", "c")));
        assertSame(
                Map.of("a", 1, "b", 2), new TreeMap<>(Map.of("a", 1, "b", 2)), new HashMap<>(Map.of("b", 2, "a", 1)));
        assertSame(new Parts(42, List.of(1)), new Parts(42, new ArrayList<>(List.of(1))));
        assertSame(new Parts((Object) new int[] {1, 2}), new Parts((Object) new int[] {1, 2}));
        assertSame(new Named("a", 1), new Named("a", 1).withCachedHash());
        assertSame(new Point(1, 2), new Point(1, 2));
        assertSame(URI.create("HTTP://Host/%ab"), URI.create("http://hosT/%AB"));
        assertSame(new Named(Set.of("x", "y"), 1), new Named(grown(Set.of("x", "y")), 1));
        assertSame(Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L));
    }

    @Test
    void key_ofItsText_isEqual() {
        for (Object key : List.of(
                new Parts(42, "30d", null),
                new Parts("a", List.of(1)),
                List.of(1, "a"),
                new ArrayList<>(List.of(1, "a")),
                Set.of(1, 2),
                DayOfWeek.MONDAY,
                new Point(1, 2),
                new Named("a", 1),
                URI.create("http://a"),
                "x".repeat(5_000),
                new Date(5))) {
            Object back = format.key(format.text(key));
            assertThat(back).isEqualTo(key).hasSameClassAs(key);
        }
    }

    @Test
    void key_withoutOrWithWrongBytes_isNull() {
        String text = format.text(new Point(1, 2)).text();
        assertThat(format.key(new KeyText(text, null))).isNull();
        assertThat(format.key(new KeyText(text, new byte[] {1, 2, 3}))).isNull();
        assertThat(format.key(new KeyText("~i:x", null))).isNull();
        assertThat(format.key(new KeyText("~", null))).isNull();
        assertThat(format.key(new KeyText("~s:%", null))).isNull();
        assertThat(format.key(new KeyText("~s:%u12", null))).isNull();
        assertThat(format.key(new KeyText("~(i):1", null))).isNull();
    }

    @Test
    void key_ofOtherThanTheDeclaredType_isNull() {
        KeyFormat<Integer> integers = KeyFormats.of(Integer.class, CodecKeys.of(Integer.class));
        assertThat(integers.key(new KeyText("a", null))).isNull();
        assertThat(integers.key(new KeyText("~i:5", null))).isEqualTo(5);
    }

    @Test
    void text_ofMutatedTexts_throwsNothing() {
        Random random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("~s:a%0a");
            for (int j = 0; j < 3; j++) {
                text.insert(random.nextInt(text.length()), "~:%u0([nie".charAt(random.nextInt(10)));
            }
            format.key(new KeyText(text.toString(), null));
        }
    }

    @Test
    void text_ofKeyThatContainsItself_isRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThatThrownBy(() -> format.text(new Parts(list)))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(Parts.class.getName(), "contains itself");
    }

    @Test
    void text_ofSharedParts_isFine() {
        Point point = new Point(1, 2);
        assertSame(new Named(List.of(point, point), 1), new Named(List.of(new Point(1, 2), point), 1));
    }

    @Test
    void text_ofKeyThatIsNotSerializable_namesTheClass() {
        assertThatThrownBy(() -> format.text(new Object()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> format.text(new Unserializable()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Unserializable.class.getName());
    }

    @Test
    void keep_mutableKey_isCopied() {
        Date key = new Date(5);
        assertThat(format.keep(key)).isEqualTo(key).isNotSameAs(key);
        Point point = new Point(1, 2);
        assertThat(format.keep(point)).isSameAs(point);
        assertThat(format.keep("a")).isEqualTo("a");
        Parts parts = new Parts("a", 1, null, point);
        assertThat(format.keep(parts)).isSameAs(parts);
        Parts mutable = new Parts("a", new Date(5));
        assertThat(format.keep(mutable)).isEqualTo(mutable).isNotSameAs(mutable);
    }

    private void assertSame(Object... keys) {
        Set<String> texts = new HashSet<>();
        for (Object key : keys) {
            assertThat(key).isEqualTo(keys[0]);
            texts.add(format.text(key).text());
        }
        assertThat(texts).as("texts of %s", keys[0]).hasSize(1);
    }

    /** The same set in a table that was large once. */
    private static Set<Object> grown(Set<?> set) {
        Set<Object> grown = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            grown.add(i);
        }
        grown.addAll(set);
        grown.removeIf(Integer.class::isInstance);
        return grown;
    }

    record Point(int x, int y) implements Serializable {}

    record OtherPoint(int x, int y) implements Serializable {}

    static final class Unserializable {}

    /** A key as the interceptors generate it. */
    static final class Parts implements ReadableKey, Serializable {
        private final Object[] parts;

        Parts(Object... parts) {
            this.parts = parts;
        }

        @Override
        public List<Object> keyParts() {
            return Arrays.asList(parts);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Parts it && Arrays.deepEquals(parts, it.parts);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(parts);
        }
    }

    static class Named implements Serializable {
        private final Object name;
        private final int number;
        private transient int hash;

        Named(Object name, int number) {
            this.name = name;
            this.number = number;
        }

        Named withCachedHash() {
            hash = 77;
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other != null
                    && other.getClass() == getClass()
                    && ((Named) other).name.equals(name)
                    && ((Named) other).number == number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, number) + 0 * hash;
        }
    }

    static final class SubNamed extends Named {
        SubNamed(Object name, int number) {
            super(name, number);
        }
    }
}
