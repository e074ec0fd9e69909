package io.nearfar.cdi.status;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server without MicroProfile Health. */
class WithoutHealthTest {
    /** Has our classes, and not that interface. */
    private static final class Bare extends ClassLoader {
        Bare() {
            super(WithoutHealthTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.eclipse.microprofile.health.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("io.nearfar.cdi.status.") ? own(name) : super.loadClass(name, resolve);
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Returns the names of the types that the extension adds, loaded there. */
    private static List<String> added(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> type = Class.forName(StatusExtension.class.getName(), true, loader);
        List<String> added = new ArrayList<>();
        Object event = Proxy.newProxyInstance(
                WithoutHealthTest.class.getClassLoader(),
                new Class<?>[] {BeforeBeanDiscovery.class},
                (proxy, method, arguments) -> {
                    added.add(method.getName() + " " + ((Class<?>) arguments[0]).getSimpleName());
                    return null;
                });
        Method method = type.getDeclaredMethod("addCheck", BeforeBeanDiscovery.class);
        method.setAccessible(true);
        method.invoke(type.getDeclaredConstructor().newInstance(), event);
        return added;
    }

    /** Containers look at all methods of an extension, and so at all types that these name. */
    @Test
    void extension_addsNothing_andLoadsNothing() throws ReflectiveOperationException {
        Bare bare = new Bare();
        assertThat(added(bare)).isEmpty();
        assertThat(Class.forName(StatusExtension.class.getName(), true, bare).getDeclaredMethods())
                .isNotEmpty();
    }

    @Test
    void whereItIs_theCheckIsAdded() throws ReflectiveOperationException {
        assertThat(added(WithoutHealthTest.class.getClassLoader())).containsExactly("addAnnotatedType ReadinessCheck");
    }
}
