package io.nearfar.spi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An enterprise archive of two web applications with the provider among the libraries that they share, in a server that knows
 * JCache: a class loader of the archive, which defines the provider's classes, and below it those of the applications, or
 * beside it, as on servers made of modules.
 */
class SharedLibraryTest {
    private static final int SHOP = 0;
    private static final int STORE = 1;

    /**
     * Defines the provider's classes by itself. Hides MicroProfile Config, whose settings of a class loader are there until
     * the server releases them.
     */
    private static final class Archive extends URLClassLoader {
        Archive() {
            super(
                    new URL[] {
                        NearfarCachingProvider.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    SharedLibraryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.eclipse.microprofile.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.nearfar.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        /** What a servlet container has the hook do. */
        void tell(String what, ClassLoader application) {
            try {
                Class<?> type = loadClass(Applications.class.getName());
                Method all = type.getDeclaredMethod("all");
                Method method = type.getDeclaredMethod(what, ClassLoader.class);
                all.setAccessible(true);
                method.setAccessible(true);
                method.invoke(all.invoke(null), application);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Asks others for classes, and has no parent. */
    private static final class Module extends ClassLoader {
        private final ClassLoader library;

        Module(ClassLoader library) {
            super(null);
            this.library = library;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return library.loadClass(name);
        }

        @Override
        protected URL findResource(String name) {
            return library.getResource(name);
        }

        @Override
        protected Enumeration<URL> findResources(String name) throws IOException {
            return library.getResources(name);
        }
    }

    /** A web application of the archive. */
    private static final class Web {
        private final Archive archive;
        private final ClassLoader loader;
        private @Nullable CacheManager manager;
        private @Nullable CacheManager shared;

        Web(Archive archive, boolean ofModules) {
            this.archive = archive;
            this.loader = ofModules ? new Module(archive) : new URLClassLoader(new URL[0], archive);
        }

        void begin() {
            archive.tell("begins", loader);
            assertThat(Caching.getCachingProviders(loader)).anyMatch(this::isOfArchive);
            Thread.currentThread().setContextClassLoader(loader);
            CachingProvider provider = Caching.getCachingProvider(NearfarCachingProvider.class.getName());
            assertThat(provider).matches(this::isOfArchive);
            assertThat(provider.getDefaultClassLoader()).isSameAs(loader);
            manager = provider.getCacheManager();
            shared = Caching.getCachingProvider(NearfarCachingProvider.class.getName(), archive)
                    .getCacheManager(URI.create("nearfar:shared"), archive);
            Thread.currentThread().setContextClassLoader(SharedLibraryTest.class.getClassLoader());
            work(manager);
            work(shared);
        }

        private boolean isOfArchive(CachingProvider provider) {
            return provider.getClass().getClassLoader() == archive;
        }

        private static void work(CacheManager manager) {
            Cache<String, String> known = manager.getCache("words");
            Cache<String, String> words =
                    known == null ? manager.createCache("words", new MutableConfiguration<>()) : known;
            words.put("w", "m");
            assertThat(words.get("w")).isEqualTo("m");
        }

        void end() {
            archive.tell("ends", loader);
        }

        CacheManager manager() {
            return requireNonNull(manager);
        }

        CacheManager shared() {
            return requireNonNull(shared);
        }
    }

    static Stream<Arguments> orders() {
        return Stream.of(List.of(SHOP, STORE), List.of(STORE, SHOP))
                .flatMap(order -> Stream.of(Arguments.of(order, false), Arguments.of(order, true)));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void end_ofOneApplicationOfAnArchive_leavesTheOther(List<Integer> order, boolean ofModules) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        List<WeakReference<ClassLoader>> loaders;
        try {
            loaders = worked(order, ofModules);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(loaders).allMatch(loader -> loader.get() == null);
        });
    }

    /** Some library of the application names a provider that is not there. */
    @Test
    void end_whereTheBooksCannotBeRead_isOneAllTheSame(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(CachingProvider.class.getName()), "nowhere.Provider");
        try (Archive archive = new Archive();
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, archive)) {
            assertThatThrownBy(() -> Caching.getCachingProviders(loader)).isInstanceOf(ServiceConfigurationError.class);
            archive.tell("begins", loader);
            archive.tell("ends", loader);
        }
    }

    private static List<WeakReference<ClassLoader>> worked(List<Integer> order, boolean ofModules) throws IOException {
        try (Archive archive = new Archive()) {
            List<Web> webs = List.of(new Web(archive, ofModules), new Web(archive, ofModules));
            Web first = webs.get(order.get(0));
            Web second = webs.get(order.get(1));
            webs.forEach(Web::begin);
            first.end();
            assertThat(first.manager().isClosed()).isTrue();
            assertThat(second.manager().isClosed()).isFalse();
            assertThat(second.shared().isClosed()).isFalse();
            first.begin();
            second.end();
            assertThat(second.manager().isClosed()).isTrue();
            assertThat(first.manager().isClosed()).isFalse();
            assertThat(first.shared().isClosed()).isFalse();
            first.end();
            assertThat(first.manager().isClosed()).isTrue();
            assertThat(first.shared().isClosed()).isTrue();
            return List.of(
                    new WeakReference<>(archive),
                    new WeakReference<>(first.loader),
                    new WeakReference<>(second.loader));
        }
    }
}
