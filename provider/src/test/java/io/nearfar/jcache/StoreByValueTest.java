package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller does to an object that the cache gave or took shows nowhere else. */
class StoreByValueTest {
    private static final List<String> STORED = List.of("Bern");

    private static List<String> changeable() {
        return new ArrayList<>(STORED);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void value_changedByWhoeverGotIt_staysAsStored(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, List<String>> cache = application.cache();
            cache.put("k", changeable());
            cache.get("k").add("changed");
            cache.getAll(Set.of("k")).get("k").add("changed");
            cache.iterator().next().getValue().add("changed");
            cache.invoke("k", (entry, arguments) -> entry.getValue().add("changed"));
            assertThat(cache.get("k")).isEqualTo(STORED);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void value_changedAfterItWasPut_staysAsStored(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, List<String>> cache = application.cache();
            List<String> given = changeable();
            cache.put("put", given);
            cache.putAll(Map.of("all", given));
            cache.putIfAbsent("absent", given);
            cache.invoke("invoked", (entry, arguments) -> {
                entry.setValue(given);
                return null;
            });
            given.add("changed");
            assertThat(cache.getAll(Set.of("put", "all", "absent", "invoked")))
                    .hasSize(4)
                    .allSatisfy((key, value) -> assertThat(value).isEqualTo(STORED));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void oldValue_changedByWhoeverGotIt_isNobodyElses(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, List<String>> cache = application.cache();
            cache.put("k", changeable());
            List<String> next = new ArrayList<>(List.of("Biel"));
            List<String> old = cache.getAndReplace("k", next);
            old.add("changed");
            next.add("changed");
            assertThat(cache.replace("k", new ArrayList<>(List.of("Biel")), changeable()))
                    .isTrue();
            assertThat(cache.getAndRemove("k")).isEqualTo(STORED);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void key_changedAfterItWasPut_staysAsStored(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<Spot, String> cache = application.cache();
            Spot key = new Spot(1);
            cache.put(key, "one");
            key.number = 2;
            assertThat(cache.get(new Spot(1))).isEqualTo("one");
            assertThat(cache.get(key)).isNull();
            cache.iterator().next().getKey().number = 3;
            assertThat(cache.containsKey(new Spot(1))).isTrue();
        }
    }

    /** A key that can be changed. */
    private static final class Spot implements Serializable {
        private static final long serialVersionUID = 1L;

        private int number;

        Spot(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Spot spot && spot.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void valueOfAnEvent_changedByAListener_isNobodyElses(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, List<String>> cache = application.cache(new MutableConfiguration<String, List<String>>()
                    .addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                            new FactoryBuilder.SingletonFactory<>(new Changer()), null, true, true)));
            cache.put("k", changeable());
            assertThat(cache.get("k")).isEqualTo(STORED);
        }
    }

    /** Changes whatever it is told of. */
    private static final class Changer implements CacheEntryCreatedListener<String, List<String>> {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends List<String>>> events) {
            events.forEach(event -> event.getValue().add("changed"));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void array_isComparedByReferenceSoThatAStoredOneIsNeverEqual(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, byte[]> cache = application.cache();
            byte[] bytes = {1, 2, 3};
            cache.put("k", bytes);
            bytes[0] = 9;
            assertThat(Arrays.equals(cache.get("k"), new byte[] {1, 2, 3})).isTrue();
            assertThat(cache.replace("k", new byte[] {1, 2, 3}, bytes)).isFalse();
        }
    }
}
