package io.nearfar.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the URI of a manager names: an address, a file, a resource; any other URI is a name and no more. */
final class ManagerUri {
    private static final String CLASS_PATH = "classpath";

    /** Schemes of files and of what servers and launchers wrap them in; nothing is ever read over a network. */
    private static final Set<String> READABLE =
            Set.of("file", "jar", "war", "vfs", "wsjar", "bundle", "bundleresource", "resource");

    private static final Pattern OTHER_FORMAT = Pattern.compile("(?i).*\\.(xml|ya?ml|json|toml|conf)");

    private final URI uri;
    private final ClassLoader loader;
    private final Mistakes mistakes;

    private ManagerUri(URI uri, ClassLoader loader, Mistakes mistakes) {
        this.uri = uri;
        this.loader = loader;
        this.mistakes = mistakes;
    }

    /** Returns what the URI names; what cannot be read goes to {@code mistakes}. */
    static Source read(URI uri, ClassLoader loader, Mistakes mistakes) {
        return new ManagerUri(uri, loader, mistakes).read();
    }

    private Source read() {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (AddressReader.isScheme(scheme)) {
            return Source.ofKeys(Map.of(ManagerTable.ADDRESS.key(), uri.toString()), "URI of the manager");
        }
        if (scheme.equals(CLASS_PATH)) {
            return resource(uri.getSchemeSpecificPart().replaceFirst("^/+", ""));
        }
        return READABLE.contains(scheme) ? file() : Source.EMPTY;
    }

    private Source resource(String name) {
        URL resource = loader.getResource(name);
        if (resource != null) {
            return properties(resource);
        }
        return uri.equals(SettingsReader.DEFAULT_URI)
                ? Source.EMPTY
                : wrong("the class loader of the manager finds no resource " + name + ".");
    }

    private Source file() {
        try {
            boolean plain = "file".equalsIgnoreCase(uri.getScheme()) && !uri.isOpaque();
            return plain && !Files.isRegularFile(Path.of(uri))
                    ? wrong("there is no such file.")
                    : properties(uri.toURL());
        } catch (IOException | IllegalArgumentException unreadable) {
            return wrong("it cannot be opened (" + unreadable + ").");
        }
    }

    private Source properties(URL url) {
        if (OTHER_FORMAT.matcher(url.getPath()).matches()) {
            return wrong("settings are read from properties files only.");
        }
        try {
            return Source.ofProperties(load(url), uri.toString());
        } catch (IOException | IllegalArgumentException unreadable) {
            return wrong("it cannot be read (" + unreadable + ").");
        }
    }

    private static Properties load(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream stream = connection.getInputStream();
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }

    private Source wrong(String what) {
        mistakes.add("The URI of the manager, " + uri + ": " + what + " Name a properties file, as in"
                + " file:/etc/shop/nearfar.properties or classpath:nearfar.properties, or an address, as in"
                + " redis://host:6379.");
        return Source.EMPTY;
    }
}
