package io.nearfar.tool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/**
 * The libraries that the provider's jar does not show to the applications it serves, since these bring them, and that the
 * tool needs where it runs alone: they lie in the jar as jars, and this makes classes of them.
 */
final class EnclosedLibraries extends ClassLoader {
    private static final String FOLDER = "/META-INF/nearfar-tool/";
    private static final List<String> JARS = List.of("cache-api.jar", "slf4j-api.jar");
    private static final List<String> NEEDED = List.of("javax.cache.CacheException", "org.slf4j.LoggerFactory");

    private final Map<String, byte[]> classes = new HashMap<>();

    private EnclosedLibraries() throws IOException {
        super(ClassLoader.getPlatformClassLoader());
        for (String jar : JARS) {
            try (InputStream in = EnclosedLibraries.class.getResourceAsStream(FOLDER + jar)) {
                if (in == null) {
                    throw new IllegalStateException("Neither beside nearfar-provider nor inside it is there a " + jar
                            + "; put it on the class path, as in java -cp \"lib/*\" " + Main.class.getName());
                }
                take(new JarInputStream(new ByteArrayInputStream(in.readAllBytes())));
            }
        }
    }

    private void take(JarInputStream jar) throws IOException {
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            if (entry.getName().endsWith(".class")) {
                classes.put(entry.getName(), jar.readAllBytes());
            }
        }
    }

    /** Tells whether the libraries are on the class path. */
    static boolean areBeside() {
        return NEEDED.stream().allMatch(EnclosedLibraries::isBeside);
    }

    private static boolean isBeside(String name) {
        try {
            Class.forName(name, false, EnclosedLibraries.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Runs the tool of this jar again, with the libraries around it, and returns its exit code. */
    static int run(String[] arguments) throws ReflectiveOperationException {
        ClassLoader whole = whole();
        Thread.currentThread().setContextClassLoader(whole);
        Class<?> tool = whole.loadClass(EnclosedLibraries.class.getPackageName() + ".Tool");
        return (int) tool.getMethod("run", String[].class).invoke(null, (Object) arguments);
    }

    /** It is never closed: the process ends with the tool, and what still runs then may need a class. */
    private static ClassLoader whole() {
        CodeSource source = EnclosedLibraries.class.getProtectionDomain().getCodeSource();
        try {
            return new URLClassLoader(new URL[] {source.getLocation()}, new EnclosedLibraries());
        } catch (IOException e) {
            throw new UncheckedIOException("The jar of the tool cannot be read", e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
