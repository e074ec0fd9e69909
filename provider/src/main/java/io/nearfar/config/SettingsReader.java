package io.nearfar.config;

import java.net.URI;
import java.util.List;
import java.util.Properties;

/**
 * Reads the settings of a manager. Of several sources that set the same key, the first counts: the properties given to
 * {@code getCacheManager}; MicroProfile Config where it is there; system properties, then the environment; what the URI
 * of the manager names; the defaults.
 */
public final class SettingsReader {
    /** The URI of the default manager. It names a resource that need not be there. */
    public static final URI DEFAULT_URI = URI.create("classpath:nearfar.properties");

    private SettingsReader() {}

    /**
     * Returns the settings of one manager, read now and checked. Reads files and resources, and opens no connection.
     *
     * @param uri the URI of the manager: an address ({@code redis://host}), a properties file or resource
     *     ({@code file:}, {@code classpath:}), or any other, which is a name only
     * @param properties the properties given with it; keys that do not begin with {@code nearfar.} are ignored
     * @param loader the class loader of the manager
     * @throws javax.cache.CacheException if something is wrong; names every mistake with key, value, source, what is
     *     allowed and the nearest known name
     */
    public static NearfarSettings read(URI uri, Properties properties, ClassLoader loader) {
        return read(uri, properties, loader, Surroundings.ofProcess());
    }

    /** Like {@link #read(URI, Properties, ClassLoader)} with other surroundings than those of this process. */
    static NearfarSettings read(URI uri, Properties properties, ClassLoader loader, Surroundings surroundings) {
        Mistakes mistakes = new Mistakes();
        List<Source> sources = List.of(
                Source.ofProperties(properties, "properties of the manager"),
                microProfile(loader, mistakes),
                Source.ofKeys(surroundings.system(), "system property"),
                Source.ofEnvironment(surroundings.environment()),
                ManagerUri.read(uri, loader, mistakes));
        Profiles profiles = Profiles.in(sources);
        Sheet sheet = SheetReader.read(sources, profiles, mistakes);
        return new SettingsAssembly(sheet, mistakes).settings(profiles.first(), loader);
    }

    /**
     * Returns a manager's URI as it may be shown in logs, names of MBeans and messages: if it is an address, without user
     * and password.
     */
    public static String shown(URI uri) {
        return AddressReader.isScheme(uri.getScheme()) ? Shown.address(uri.toString()) : uri.toString();
    }

    private static Source microProfile(ClassLoader loader, Mistakes mistakes) {
        try {
            return MicroProfileSource.read(loader, mistakes);
        } catch (NoClassDefFoundError notThere) {
            return Source.EMPTY;
        }
    }
}
