package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.model.NearfarEntityListener;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Singleton;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications where there is no JPA, or no JTA. */
class WithoutPersistenceTest {
    /** Has our classes, and not those of one package. */
    private static final class Bare extends ClassLoader {
        private final String missing;

        Bare(String missing) {
            super(WithoutPersistenceTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("io.nearfar.cdi.") ? own(name) : super.loadClass(name, resolve);
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                    if (in == null) {
                        throw new ClassNotFoundException(name);
                    }
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    /** An entity, which says something of caches. */
    @Entity
    @EntityListeners(NearfarEntityListener.class)
    @InvalidatesCache(caches = "prices")
    public static class Price {}

    /** An annotated bean. */
    @Singleton
    public static class Prices {
        private int calls;

        @CacheResult(cacheName = "prices")
        public String of(int id) {
            calls++;
            return id + " after " + calls;
        }
    }

    /** An application, in which our classes are those of the loader of this one. */
    public static class Deployed implements Supplier<String> {
        @Override
        public String get() {
            try (SeContainer container = SeContainerInitializer.newInstance()
                    .setClassLoader(Deployed.class.getClassLoader())
                    .disableDiscovery()
                    .addExtensions(new NearfarExtension())
                    .addBeanClasses(Prices.class, Price.class)
                    .initialize()) {
                Prices prices = container.select(Prices.class).get();
                boolean hears = container.getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                        .anyMatch(bean -> bean.getBeanClass().getSimpleName().equals("EntityChanges"));
                return prices.of(7) + ", " + prices.of(7) + (hears ? ", hears entities" : "");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jakarta.persistence., '7 after 1, 7 after 1'",
        "jakarta.transaction., '7 after 1, 7 after 1, hears entities'",
        "jakarta.nothing., '7 after 1, 7 after 1, hears entities'"
    })
    void application_isDeployed_andItsAnnotationsWork(String missing, String result) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Bare bare = new Bare(missing);
        thread.setContextClassLoader(bare);
        try {
            Object deployed = Class.forName(Deployed.class.getName(), true, bare)
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(deployed.getClass().getClassLoader()).isSameAs(bare);
            assertThat(((Supplier<?>) deployed).get()).isEqualTo(result);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
