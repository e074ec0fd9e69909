package io.nearfar.config;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a name for an application that gives none: that of the deployed application (Jakarta EE, section "Application
 * Name"), of the folder around WEB-INF, of the program's jar or main class. Versions are left out, so that a new release
 * finds the entries of the last.
 */
final class ApplicationName {
    /** The name if nothing is known of the application. */
    static final String UNKNOWN = "nearfar";

    private static final Pattern WEB_APPLICATION = Pattern.compile("/([^/]+?)(?:\\.war)?[*!]?/WEB-INF/");
    private static final Pattern VERSION = Pattern.compile("(?:##.*|-\\d+(?:\\.\\d+)+(?:[.-][A-Za-z0-9]+)*)$");
    private static final Pattern ODD = Pattern.compile("[^\\p{L}\\p{N}._-]+");
    private static final int LONGEST = 64;

    private ApplicationName() {}

    /** Returns the name, never empty, with a word on where it was found. */
    static Prefix find(ClassLoader loader) {
        String deployed = deployed();
        if (deployed != null) {
            return new Prefix(deployed, "name of the deployed application");
        }
        String folder = webFolder(loader);
        if (folder != null) {
            return new Prefix(folder, "name of the web application");
        }
        String program = program(System.getProperty("sun.java.command", ""), loader);
        return program == null
                ? new Prefix(UNKNOWN, "no application known, set nearfar.application")
                : new Prefix(program, "name of the program");
    }

    /** Returns the name without version and odd characters, or null if nothing is left. */
    static @Nullable String plain(String name) {
        String plain = ODD.matcher(VERSION.matcher(name).replaceFirst("")).replaceAll("-");
        String trimmed = plain.substring(0, Math.min(plain.length(), LONGEST)).replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? null : trimmed;
    }

    /** Returns the name of the folder or archive that holds WEB-INF in a location, or null if none does. */
    static @Nullable String webFolder(String location) {
        Matcher folder = WEB_APPLICATION.matcher(location);
        return folder.find() && !folder.group(1).equals("webapp") ? plain(folder.group(1)) : null;
    }

    /** Returns the name of a program started by {@code command}, or null if the loader is not the program's own. */
    static @Nullable String program(String command, ClassLoader loader) {
        String first = command.strip().split("\\s+", 2)[0];
        boolean jar = first.endsWith(".jar");
        String file = Path.of(first).getFileName() == null
                ? ""
                : String.valueOf(Path.of(first).getFileName());
        boolean own = loader == ClassLoader.getSystemClassLoader() || jar && sees(loader, file);
        return own ? plain(jar ? file.substring(0, file.length() - ".jar".length()) : simpleName(first)) : null;
    }

    private static String simpleName(String mainClass) {
        return mainClass.substring(Math.max(mainClass.lastIndexOf('.'), mainClass.lastIndexOf('/')) + 1);
    }

    private static boolean sees(ClassLoader loader, String file) {
        return loader instanceof URLClassLoader urls
                && Arrays.stream(urls.getURLs()).map(URL::toString).anyMatch(url -> url.contains("/" + file));
    }

    private static @Nullable String webFolder(ClassLoader loader) {
        URL classes = loader.getResource("");
        return classes == null ? null : webFolder(classes.toString());
    }

    @SuppressWarnings("BanJNDI") // a fixed name in the name space of the server itself
    private static @Nullable String deployed() {
        try {
            return new InitialContext().lookup("java:app/AppName") instanceof String name ? plain(name) : null;
        } catch (NamingException notDeployed) {
            return null;
        }
    }
}
