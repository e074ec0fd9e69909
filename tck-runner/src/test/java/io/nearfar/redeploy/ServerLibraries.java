package io.nearfar.redeploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a server shows its applications: its own classes, the logging interface, and jars; not the test class path. */
final class ServerLibraries extends URLClassLoader {
    private static final Pattern OF_SERVER = Pattern.compile("(jakarta\\.servlet|org\\.apache|org\\.slf4j)\\..*");

    ServerLibraries(List<Path> jars) {
        super(jars.stream().map(ServerLibraries::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tomcat reads a class of its own to have it run in the application. */
    @Override
    public URL findResource(String name) {
        return name.startsWith("org/apache/")
                ? ServerLibraries.class.getClassLoader().getResource(name)
                : super.findResource(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return OF_SERVER.matcher(name).matches()
                ? ServerLibraries.class.getClassLoader().loadClass(name)
                : super.findClass(name);
    }
}
