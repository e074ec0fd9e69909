package io.nearfar.deploy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files of {@code deploy} as maps and lists; a key that stands there twice is an error. */
final class Yaml {
    /** Where the files are. */
    static final Path FILES = Path.of("..", "deploy").toAbsolutePath().normalize();

    private Yaml() {}

    static Map<String, Object> read(Path file) throws IOException {
        return all(file).get(0);
    }

    /** Returns each document of a file. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> all(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            new org.yaml.snakeyaml.Yaml(new SafeConstructor(options))
                    .loadAll(reader)
                    .forEach(document -> documents.add((Map<String, Object>) document));
        }
        return documents;
    }

    /** Returns the map at a key, empty if there is none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> from, String... path) {
        Map<String, Object> at = from;
        for (String key : path) {
            at = (Map<String, Object>) at.getOrDefault(key, Map.of());
        }
        return at;
    }

    /** Returns the list at a key, empty if there is none. */
    @SuppressWarnings("unchecked")
    static <T> List<T> list(Map<String, Object> from, String key) {
        return (List<T>) from.getOrDefault(key, List.of());
    }

    /** Returns the lines of a file of rights or settings that say something. */
    static Stream<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }
}
