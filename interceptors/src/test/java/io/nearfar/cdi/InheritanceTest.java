package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.Test;

/** Annotations at classes, at superclasses, at generic methods and in stereotypes. */
class InheritanceTest {
    private static final String PREFIX = InheritanceTest.class.getName() + "$";

    public abstract static class Store<K, V> {
        int calls;

        protected abstract V load(K key);

        @CacheResult
        public V find(K key) {
            calls++;
            return load(key);
        }

        @CacheRemove
        public void remove(K key) {}
    }

    /** A value. */
    public record City(int id, String name) implements Serializable {}

    @Singleton
    @CacheDefaults(cacheName = "cities")
    public static class Cities extends Store<Integer, City> {
        @Override
        protected City load(Integer key) {
            return new City(key, "city " + key);
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "streets")
    public static class Streets extends Store<Integer, String> {
        @Override
        protected String load(Integer key) {
            return "street " + key;
        }
    }

    @Singleton
    public static class Names extends Store<String, String> {
        @Override
        protected String load(String key) {
            return "name " + key;
        }
    }

    @Test
    void inherited_generic_cachedByDefaultsOfTheSubclass() {
        try (Application application = Application.of(Cities.class, Streets.class)) {
            Cities cities = application.bean(Cities.class);
            Streets streets = application.bean(Streets.class);

            assertThat(cities.find(1)).isEqualTo(new City(1, "city 1"));
            assertThat(cities.find(1)).isEqualTo(new City(1, "city 1"));
            assertThat(streets.find(1)).isEqualTo("street 1");
            assertThat(cities.calls).isOne();
            assertThat(application.cache("cities")).hasSize(1);
            assertThat(application.cache("streets")).hasSize(1);

            cities.remove(1);
            assertThat(application.cache("cities")).isEmpty();
            assertThat(application.cache("streets")).hasSize(1);
        }
    }

    @Test
    void inherited_noName_namedAfterDeclaringClass() {
        try (Application application = Application.of(Names.class)) {
            application.bean(Names.class).find("a");

            assertThat(application.cache(PREFIX + "Store.find(java.lang.Object)"))
                    .hasSize(1);
        }
    }

    /** What other beans know of {@link Directory}. */
    public interface Finder<K, V> {
        V find(K key);
    }

    @ApplicationScoped
    public static class Directory implements Finder<Integer, String> {
        private int calls;

        @Override
        @CacheResult(cacheName = "directory")
        public String find(Integer key) {
            calls++;
            return "entry " + key;
        }

        public int calls() {
            return calls;
        }
    }

    @Singleton
    public static class Caller {
        @Inject
        Finder<Integer, String> finder;
    }

    @Test
    void bridge_calledThroughInterface_cached() {
        try (Application application = Application.of(Directory.class, Caller.class)) {
            Finder<Integer, String> finder = application.bean(Caller.class).finder;
            Directory directory = application.bean(Directory.class);

            assertThat(finder.find(1)).isEqualTo("entry 1");
            assertThat(finder.find(1)).isEqualTo("entry 1");
            assertThat(directory.find(1)).isEqualTo("entry 1");
            assertThat(directory.calls()).isOne();
        }
    }

    @Singleton
    public static class Base {
        int calls;

        @CacheResult(cacheName = "base")
        public String find(int id) {
            calls++;
            return "base " + id;
        }
    }

    @Singleton
    public static class Overriding extends Base {
        @Override
        public String find(int id) {
            calls++;
            return "sub " + id;
        }
    }

    @Test
    void overridden_withoutAnnotation_notCached() {
        try (Application application = Application.of(Overriding.class)) {
            Overriding bean = application.bean(Overriding.class);
            bean.find(1);
            bean.find(1);

            assertThat(bean.calls).isEqualTo(2);
        }
    }

    @Singleton
    @CacheResult(cacheName = "shelf")
    public static class Shelf {
        int calls;

        public String get(int id) {
            calls++;
            return "get " + id;
        }

        public String getToo(int id) {
            calls++;
            return "get too " + id;
        }

        public void touch() {
            calls++;
        }

        @CacheRemoveAll(cacheName = "shelf")
        public void clear() {}

        private String hidden(int id) {
            return "hidden " + id;
        }

        String callHidden(int id) {
            return hidden(id);
        }

        static String constant() {
            return "constant";
        }
    }

    @Test
    void classLevel_everyMethodWithResult_unlessItHasItsOwn() {
        try (Application application = Application.of(Shelf.class)) {
            Shelf shelf = application.bean(Shelf.class);

            assertThat(shelf.get(1)).isEqualTo("get 1");
            assertThat(shelf.getToo(1)).isEqualTo("get 1");
            shelf.touch();
            shelf.touch();
            assertThat(shelf.calls).isEqualTo(3);
            assertThat(shelf.callHidden(2)).isEqualTo("hidden 2");
            assertThat(Shelf.constant()).isEqualTo("constant");

            shelf.clear();
            assertThat(application.cache("shelf")).isEmpty();
        }
    }

    @Singleton
    @CachePut(cacheName = "log")
    public static class Log {
        public void write(int id, @CacheValue String line) {}

        public String read() {
            return "no value to put";
        }
    }

    @Singleton
    @CacheRemove(cacheName = "log")
    public static class Eraser {
        public void erase(int id) {}
    }

    @Singleton
    @CacheRemoveAll(cacheName = "log")
    public static class Shredder {
        public void shred() {}
    }

    @Test
    void classLevel_changes_holdForTheirMethods() {
        try (Application application = Application.of(Log.class, Eraser.class, Shredder.class)) {
            Log log = application.bean(Log.class);
            log.write(1, "one");
            log.write(2, "two");
            log.write(3, "three");
            assertThat(log.read()).isEqualTo("no value to put");
            assertThat(application.cache("log").get(GeneratedKey.of(1))).isEqualTo("one");

            application.bean(Eraser.class).erase(1);
            assertThat(application.cache("log")).hasSize(2);
            application.bean(Shredder.class).shred();
            assertThat(application.cache("log")).isEmpty();
        }
    }

    /** Cached and named in one word. */
    @Stereotype
    @Singleton
    @CacheDefaults(cacheName = "stereotyped")
    @CacheResult
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface CachedService {}

    /** A stereotype of a stereotype. */
    @Stereotype
    @CachedService
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Remote {}

    @Remote
    public static class Weather {
        int calls;

        public String at(String place) {
            calls++;
            return "sun at " + place;
        }
    }

    @Test
    void stereotype_itsAnnotationsHoldForTheClass() {
        try (Application application = Application.of(Weather.class)) {
            Weather weather = application.bean(Weather.class);
            weather.at("sea");
            weather.at("sea");

            assertThat(weather.calls).isOne();
            assertThat(application.cache("stereotyped")).hasSize(1);
        }
    }

    /** Declares a default method with an annotation. */
    public interface Greeting {
        @CacheResult(cacheName = "greetings")
        default String greet(String name) {
            return "hello " + name + " " + System.nanoTime();
        }
    }

    @Singleton
    public static class Polite implements Greeting {}

    @Test
    void defaultMethod_annotatedAndInherited_isCachedOrToldOf() {
        try (Application application = Application.of(Polite.class)) {
            Polite polite = application.bean(Polite.class);

            assertThat(polite.greet("you")).isEqualTo(polite.greet("you"));
        }
    }
}
