package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.AllowedPreset;
import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.cache.CacheException;
import javax.tools.ToolProvider;
import org.hibernate.cache.internal.BasicCacheKeyImplementation;
import org.hibernate.cache.internal.CacheKeyImplementation;
import org.hibernate.cache.internal.NaturalIdCacheKey;
import org.hibernate.cache.spi.QueryKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.support.NullValue;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** The presets of codec.allow, against the frameworks' own classes. */
class PresetsTest {
    private static final List<Serializable> OF_SPRING = List.of(
            (Serializable) NullValue.INSTANCE,
            new SimpleKey("Lisboa", 5),
            new User("ada", "{noop}x", List.of(new SimpleGrantedAuthority("b"), new SimpleGrantedAuthority("a"))));

    /** What the second-level cache of Hibernate keeps, made by the constructors that Hibernate has for what it has read. */
    private static List<Serializable> ofHibernate() throws Throwable {
        Serializable[] state = {"Faust", 5L, null};
        Object entry = of("org.hibernate.cache.spi.entry.StandardCacheEntryImpl")
                .made(with(Serializable[].class, String.class, Object.class), state, "Book", 3);
        Object bindings = of("org.hibernate.query.internal.QueryParameterBindingsImpl$ParameterBindingsMementoImpl")
                .made(with(Object[].class, int.class), new Object[] {"Faust", 5L}, 11);
        List<Object> all = List.of(
                new BasicCacheKeyImplementation(5L, "Book", 7),
                new CacheKeyImplementation(5L, "Book", "tenant", 7),
                new NaturalIdCacheKey("978-3", "Book", "tenant", 7),
                new QueryKey("from Book", (QueryKey.ParameterBindingsMemento) bindings, 0, 10, Set.of("recent")),
                of("org.hibernate.cache.internal.QueryResultsCacheImpl$CacheItem")
                        .made(with(long.class, List.class), 5L, new ArrayList<>(List.of(1L, 2L))),
                of("org.hibernate.cache.spi.entry.CollectionCacheEntry")
                        .made(with(Serializable.class), (Object) new String[] {"ah", "oh"}),
                entry,
                of("org.hibernate.cache.spi.support.AbstractReadWriteAccess$Item")
                        .made(with(Object.class, Object.class, long.class), entry, 3, 5L),
                of("org.hibernate.cache.spi.support.AbstractReadWriteAccess$SoftLockImpl")
                        .made(with(long.class, UUID.class, long.class, Object.class), 5L, new UUID(1, 2), 6L, 3),
                of("org.hibernate.type.AnyType$ObjectTypeCacheEntry")
                        .made(with(String.class, Object.class), "Book", 5L));
        return all.stream().map(Serializable.class::cast).toList();
    }

    private static Maker of(String name) throws ReflectiveOperationException {
        Class<?> type = Class.forName(name);
        return (constructor, arguments) -> MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findConstructor(type, constructor)
                .invokeWithArguments(arguments);
    }

    private static MethodType with(Class<?>... parameters) {
        return MethodType.methodType(void.class, parameters);
    }

    /** Makes objects of one class; of its constructors, that one alone is looked at: what others name may not be there. */
    @FunctionalInterface
    private interface Maker {
        Object made(MethodType constructor, Object... arguments) throws Throwable;
    }

    @Test
    void hibernate_whatItPutsIntoCaches_isRead() throws Throwable {
        ValueFormat<Object> format = format(Object.class, "@hibernate");
        for (Object value : ofHibernate()) {
            assertThat(format.decode(format.keep(value).bytes()).get())
                    .as("%s", value.getClass())
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    @Test
    void hibernate_withoutThePreset_isRefused() throws Throwable {
        ValueFormat<Object> format = format(Object.class, "@spring", "@open-liberty");
        for (Object value : ofHibernate()) {
            assertThatThrownBy(() -> format.keep(value))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("org.hibernate.");
        }
    }

    /** Nobody trusts a name that is misspelt, or that a newer release has no more. */
    @ParameterizedTest
    @EnumSource(
            value = AllowedPreset.class,
            names = {"HIBERNATE", "SPRING"})
    void classes_ofThePreset_areThoseOfTheFramework(AllowedPreset preset) throws ClassNotFoundException {
        for (String name : Presets.classes(preset)) {
            Class<?> type = Class.forName(name, false, getClass().getClassLoader());
            assertThat(Serializable.class).as(name).isAssignableFrom(type);
        }
    }

    @Test
    void spring_whatItPutsIntoCaches_isRead() {
        ValueFormat<Object> format = format(Object.class, "@spring");
        for (Object value : OF_SPRING) {
            assertThat(format.decode(format.keep(value).bytes()).get()).isEqualTo(value);
        }
    }

    @Test
    void spring_withoutThePreset_isRefused() {
        ValueFormat<Object> format = format(Object.class, "@hibernate");
        for (Object value : OF_SPRING) {
            assertThatThrownBy(() -> format.keep(value))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining(value.getClass().getName());
        }
    }

    /** The shape of what its session caches hold: creation, access, idle seconds, listeners, user, names of attributes. */
    @Test
    void openLiberty_sessions_needNoPreset() {
        ValueFormat<ArrayList<?>> format = format(listType());
        ArrayList<?> session = new ArrayList<>(
                Arrays.asList(5L, 6L, 1800, (short) 1, "ada", new TreeSet<>(Set.of("cart", "language"))));
        assertThat(format.decode(format.keep(session).bytes()).get()).isEqualTo(session);
    }

    @Test
    void openLiberty_authentication_isTheOneClassThatCarriesItsBytes() {
        assertThat(Presets.classes(AllowedPreset.OPEN_LIBERTY)).containsExactly("io.openliberty.jcache.CacheObject");
    }

    /** No release of it is there: a class of that name stands for it. */
    @Test
    void openLiberty_classOfThatName_isRead_andWithoutThePresetRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("CacheObject.java"),
                "package io.openliberty.jcache; public class CacheObject implements java.io.Serializable {"
                        + " public byte[] bytes = {1, 2}; }");
        String target = folder.toString();
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", target, file.toString()))
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, PresetsTest.class.getClassLoader())) {
            Class<?> type = loader.loadClass("io.openliberty.jcache.CacheObject");
            Object value = type.getConstructor().newInstance();
            ValueFormat<Object> with = format(loader, Object.class, "@open-liberty");
            assertThat(with.decode(with.keep(value).bytes()).get())
                    .usingRecursiveComparison()
                    .isEqualTo(value);
            assertThatThrownBy(() -> format(loader, Object.class, "@hibernate", "@spring")
                            .keep(value))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining(type.getName());
        }
    }

    @SuppressWarnings("unchecked") // a class literal has no type arguments
    private static Class<ArrayList<?>> listType() {
        return (Class<ArrayList<?>>) (Class<?>) ArrayList.class;
    }

    private static <T> ValueFormat<T> format(Class<T> declared, String... allow) {
        return format(PresetsTest.class.getClassLoader(), declared, allow);
    }

    private static <T> ValueFormat<T> format(ClassLoader loader, Class<T> declared, String... allow) {
        return ValueFormats.byValue(TestSettings.trusting(TrustPolicy.DECLARED, allow), declared, loader);
    }
}
