package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.cdi.testing.ErrorLines;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What works, is hardly meant, and is told of at deployment. */
class WarningsTest {
    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @Singleton
    public static class MarkAlone {
        public String find(@CacheKey int id) {
            return "";
        }
    }

    @Singleton
    public static class KeyOfAll {
        @CacheRemoveAll(cacheName = "x")
        public void clear(@CacheKey int id) {}
    }

    @Singleton
    public static class FilterAlone {
        @CacheResult(cachedExceptions = IOException.class)
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    public static class FilterBefore {
        @CacheRemove(cacheName = "x", afterInvocation = false, evictFor = IOException.class)
        public void remove(int id) {}
    }

    /** Without equals. */
    public static class Trace {}

    @Singleton
    public static class KeyWithoutEquals {
        @CacheResult
        public String find(int id, Trace trace) {
            return "";
        }
    }

    /** Annotated in vain. */
    public interface Finder {
        @CacheResult
        String find(int id);
    }

    @Singleton
    public static class AtInterface implements Finder {
        @Override
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "x")
    public static class Unrelated {
        @CacheResult
        public String name(int id) {
            return "";
        }

        @CacheResult
        public Integer size(int id) {
            return 0;
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "x")
    public static class UnrelatedLists {
        @CacheResult
        public List<String> names() {
            return List.of();
        }

        @CacheResult
        public List<Integer> sizes() {
            return List.of();
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "x")
    public static class UnrelatedPut {
        @CacheResult
        public String name(int id) {
            return "";
        }

        @CachePut
        public void put(int id, @CacheValue Integer value) {}
    }

    @Singleton
    public static class SharedErrors {
        @CacheResult(cacheName = "one", exceptionCacheName = "errors")
        public String one(int id) {
            return "";
        }

        @CacheResult(cacheName = "two", exceptionCacheName = "errors")
        public String two(int id) {
            return "";
        }
    }

    @Singleton
    public static class RemovesInVain {
        @CacheRemove
        public void remove(int id) {}
    }

    @Singleton
    public static class InjectedWithOtherKeys {
        @Inject
        @NamedCache("x")
        Cache<Integer, String> cache;

        @CacheResult(cacheName = "x")
        public String find(int id) {
            return "";
        }
    }

    /** No bean has it: the container cannot make any. */
    public static class NoBean {
        public NoBean(String name) {}

        @CacheResult(cacheName = "x")
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    public static class Producer {
        @Produces
        public NoBean produced() {
            return new NoBean("method");
        }
    }

    static Stream<Arguments> warnings() {
        return Stream.of(
                arguments(MarkAlone.class, "NF0816", "MarkAlone.find(int)"),
                arguments(KeyOfAll.class, "NF0817", "KeyOfAll.clear(int)"),
                arguments(FilterAlone.class, "NF0822", "FilterAlone.find(int)"),
                arguments(FilterBefore.class, "NF0823", "FilterBefore.remove(int)"),
                arguments(KeyWithoutEquals.class, "NF0828", "WarningsTest$Trace"),
                arguments(Unrelated.class, "NF0831", "java.lang.Integer"),
                arguments(UnrelatedLists.class, "NF0831", "java.util.List<java.lang.Integer>"),
                arguments(UnrelatedPut.class, "NF0831", "java.lang.Integer"),
                arguments(SharedErrors.class, "NF0833", "\"errors\""),
                arguments(RemovesInVain.class, "NF0834", "RemovesInVain.remove(int)"),
                arguments(NoBean.class, "NF0859", NoBean.class.getName()),
                arguments(Producer.class, "NF0859", NoBean.class.getName()),
                arguments(InjectedWithOtherKeys.class, "NF0873", "java.lang.Integer"));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("warnings")
    void deploy_dubious_startsAndWarnsOnce(Class<?> bean, String id, String detail) {
        Application.of(bean).close();

        assertThat(warningLines()).singleElement().asString().contains(id, detail);
    }

    @Test
    void deploy_annotationAtInterface_warns() {
        Application.of(AtInterface.class, Finder.class).close();

        assertThat(warningLines()).singleElement().asString().contains("NF0830", "AtInterface", "Finder.find(int)");
    }

    /** Invalidates tags, as nobody who implements it does. */
    public interface Changer {
        @InvalidateTags(cacheName = "x", value = "a")
        void change(int id);
    }

    @Singleton
    public static class InvalidatesAtInterface implements Changer {
        @Override
        public void change(int id) {}
    }

    @Test
    void deploy_invalidationAtInterface_warns() {
        Application.of(InvalidatesAtInterface.class, Changer.class).close();

        assertThat(warningLines()).singleElement().asString().contains("NF0830", "Changer.change(int)");
    }

    @Singleton
    public static class PutsBefore {
        @CachePut(cacheName = "x", afterInvocation = false)
        @CacheTags("a")
        @InvalidateTags(cacheName = "x", value = "a")
        public void change(int id, @CacheValue String value) {}
    }

    @Test
    void deploy_putBeforeInvalidation_warns() {
        Application.of(PutsBefore.class).close();

        assertThat(warningLines()).singleElement().asString().contains("NF0841", "PutsBefore.change");
    }

    @Singleton
    public static class PutsBeforePattern {
        @CachePut(cacheName = "x", afterInvocation = false)
        @InvalidatePattern(cacheName = "x", value = "*")
        public void change(int id, @CacheValue String value) {}

        @CachePut(cacheName = "x", afterInvocation = false)
        @InvalidatePattern(cacheName = "y", value = "*")
        public void other(int id, @CacheValue String value) {}
    }

    @Test
    void deploy_putBeforeAPatternOfTheSameCache_warns() {
        Application.of(PutsBeforePattern.class).close();

        assertThat(warningLines())
                .singleElement()
                .asString()
                .contains("NF0841", "PutsBeforePattern.change", "give it to @InvalidatePattern too");
    }

    public abstract static class Base {
        abstract String load(int id);

        @CacheResult
        public String find(int id) {
            return load(id);
        }
    }

    @Singleton
    public static class One extends Base {
        @Override
        String load(int id) {
            return "one";
        }
    }

    @Singleton
    public static class Other extends Base {
        @Override
        String load(int id) {
            return "other";
        }
    }

    @Test
    void deploy_twoBeansInheritOneMethod_warns() {
        Application.of(One.class, Other.class).close();

        assertThat(warningLines()).singleElement().asString().contains("NF0832", "One", "Other", "Base.find(int)");
    }

    /** What beans greet by. */
    public interface Greeting {
        @CacheResult(cacheName = "greetings")
        default String greet(int id) {
            return "hello";
        }
    }

    /** Overrides it. */
    public interface Curt extends Greeting {
        @Override
        default String greet(int id) {
            return "yes";
        }
    }

    @Singleton
    public static class Polite implements Greeting {}

    @Singleton
    public static class Rude implements Curt {}

    @Test
    void deploy_defaultMethodOverriddenByAnInterface_isNotCheckedAsIfItHeld() {
        Application.of(Polite.class, Rude.class).close();

        assertThat(warningLines()).isEmpty();
    }

    @Singleton
    public static class Fine {
        @CacheResult(cacheName = "x")
        public String name(int id) {
            return "";
        }

        @CacheResult(cacheName = "x")
        public CharSequence text(int id) {
            return "";
        }

        @CacheResult(cacheName = "x")
        public Integer other(String id) {
            return 0;
        }

        @CacheRemove(cacheName = "of another application")
        public void remove(int id) {}
    }

    @Test
    void deploy_nothingDubious_silent() {
        Application.of(Fine.class).close();

        assertThat(warningLines()).isEmpty();
    }

    private List<String> warningLines() {
        return lines.text().lines().filter(line -> line.contains("NF08")).toList();
    }
}
