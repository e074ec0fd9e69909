package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.Cache;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that are equal find the same entry although their bytes differ; keys that print the same do not. */
class EqualKeysTest {
    @ParameterizedTest
    @EnumSource(Mode.class)
    void equalSets_builtDifferently_areOneKey(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<Set<String>, String> cache = application.cache();
            Set<String> one = new HashSet<>(List.of("Aa", "BB", "C"));
            Set<String> other = new HashSet<>(1_000);
            other.addAll(List.of("C", "BB", "Aa"));
            cache.put(one, "found");
            assertThat(cache.get(other)).isEqualTo("found");
            assertThat(cache.putIfAbsent(other, "again")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void equalLists_ofDifferentClasses_areOneKey(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<List<Integer>, String> cache = application.cache();
            cache.put(new ArrayList<>(List.of(1, 2)), "found");
            assertThat(cache.get(Arrays.asList(1, 2))).isEqualTo("found");
        }
    }

    /** Lists, sets and maps are equal whatever their class; a walk hands out the class that was put. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void iteration_handsOutKeysOfTheClassThatWasPut(Mode mode) {
        try (Application application = Application.in(mode);
                Application other = application.another()) {
            Cache<Object, String> here = application.cache();
            Cache<Object, String> there = mode == Mode.NEAR ? here : other.cache();
            for (Object key : List.of(
                    new ArrayList<>(List.of(1, 2)),
                    Arrays.asList(4, 5),
                    List.of(6),
                    new ArrayList<>(List.of(new HashSet<>(List.of(7)))),
                    new TreeSet<>(List.of(8)),
                    new HashMap<>(Map.of(9, 10)))) {
                here.put(key, "put");
                assertHandsOut(here, key);
                assertHandsOut(there, key);
                here.clear();
            }
        }
    }

    private static void assertHandsOut(Cache<Object, String> cache, Object key) {
        cache.get(key);
        assertThat(cache)
                .singleElement()
                .extracting(Cache.Entry::getKey)
                .isEqualTo(key)
                .hasSameClassAs(key);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void equalObjects_withATransientPart_areOneKey(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<Place, String> cache = application.cache();
            cache.put(new Place("Bern", 1), "found");
            assertThat(cache.get(new Place("Bern", 2))).isEqualTo("found");
        }
    }

    /** A key with a part that does not count. */
    private static final class Place implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final transient int scratch;

        Place(String name, int scratch) {
            this.name = name;
            this.scratch = scratch;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && place.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name + scratch;
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void differentKeys_thatPrintTheSame_areDifferentEntries(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<Object, String> cache = application.cache();
            List<Object> keys = List.of(1, 1L, (short) 1, "1", BigInteger.ONE, 1.0, 1.0f, '1', List.of(1));
            for (Object key : keys) {
                assertThat(cache.putIfAbsent(key, key.getClass().getName())).isTrue();
            }
            for (Object key : keys) {
                assertThat(cache.get(key)).isEqualTo(key.getClass().getName());
            }
        }
    }
}
