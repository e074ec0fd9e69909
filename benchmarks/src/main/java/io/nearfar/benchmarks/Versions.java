package io.nearfar.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/** What is compared, in which version: what the build put on the class path. */
final class Versions {
    private static final String FILE = "versions.properties";

    private Versions() {}

    /** Returns names and versions, one a line. */
    static List<String> lines() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The versions are not on the class path; build this module with Maven");
            }
            versions.load(in);
        }
        return versions.stringPropertyNames().stream()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .map(name -> name.replace('_', ' ') + " " + versions.getProperty(name))
                .toList();
    }
}
