package io.nearfar.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tests of all modules by the names that pages have for them: a class below our package, and a method. */
final class NamedTests {
    private static final List<String> MODULES = List.of(
            "provider",
            "interceptors",
            "testkit",
            "tck-runner",
            "sample-war",
            "servers",
            "tomcat",
            "micrometer",
            "opentelemetry",
            "frameworks",
            "guides");

    private NamedTests() {}

    /** Tells whether there is a test of that name. */
    static boolean exists(String name) throws IOException {
        int dot = name.lastIndexOf('.');
        return source(name.substring(0, dot)).contains(" void " + name.substring(dot + 1) + "(");
    }

    /** Tells whether there is a class of that name among the tests. */
    static boolean classExists(String name) throws IOException {
        return !source(name).isEmpty();
    }

    /** Returns the text of a class of tests, whichever module has it; empty if none does. */
    private static String source(String name) throws IOException {
        for (String module : MODULES) {
            Path file = Path.of("..", module, "src/test/java/io/nearfar", name.replace('.', '/') + ".java");
            if (Files.exists(file)) {
                return Files.readString(file);
            }
        }
        return "";
    }
}
