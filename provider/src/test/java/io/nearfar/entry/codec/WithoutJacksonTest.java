package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.CacheSettings;
import io.nearfar.entry.TestSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

/** A provider that does not see Jackson names it when it is wanted, and not before. */
class WithoutJacksonTest {
    /** Loads the room of codecs anew and hides Jackson from it. */
    private static final class Blind extends ClassLoader {
        Blind() {
            super(WithoutJacksonTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.fasterxml.")) {
                throw new ClassNotFoundException(name);
            }
            boolean own = name.startsWith("io.nearfar.entry.codec.") && findLoadedClass(name) == null;
            return own ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static Object codec(String name) throws Throwable {
        ClassLoader loader = new Blind();
        Method of = loader.loadClass(Codecs.class.getName())
                .getDeclaredMethod("of", CacheSettings.class, ClassLoader.class);
        of.setAccessible(true);
        try {
            return of.invoke(null, TestSettings.withCodec(name), loader);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void json_withoutJackson_namesWhatToAdd() {
        assertThatThrownBy(() -> codec("json"))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(
                        "cities", "jackson-databind", "com/fasterxml", "nearfar.cache.cities.codec = java");
    }

    @Test
    void java_withoutJackson_isThere() throws Throwable {
        assertThat(codec("java").getClass().getName()).isEqualTo(JavaCodec.class.getName());
    }
}
