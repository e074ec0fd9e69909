package io.nearfar.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files {@code nodes.yml} and that of a topology, put together as compose does it: what maps say is united, and of
 * anything else the later file's counts.
 */
record Compose(Map<String, Object> whole) {
    static final Path FOLDER = Yaml.FILES.resolve("compose");
    static final List<String> TOPOLOGIES = List.of("standalone", "sentinel", "cluster");

    static Compose of(String topology) throws IOException {
        return new Compose(
                united(Yaml.read(FOLDER.resolve("nodes.yml")), Yaml.read(FOLDER.resolve(topology + ".yml"))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> united(Map<String, Object> first, Map<String, Object> second) {
        Map<String, Object> united = new LinkedHashMap<>(first);
        second.forEach((key, value) -> united.merge(
                key,
                value,
                (a, b) -> a instanceof Map && b instanceof Map
                        ? united((Map<String, Object>) a, (Map<String, Object>) b)
                        : b));
        return united;
    }

    /** Returns the services by their names. */
    Map<String, Service> services() {
        Map<String, Service> services = new LinkedHashMap<>();
        Yaml.map(whole, "services").keySet().forEach(name -> services.put(name, service(name)));
        return services;
    }

    Service service(String name) {
        return new Service(name, Yaml.map(whole, "services", name));
    }

    /** Returns the file of a secret. */
    Path secret(String name) {
        return FOLDER.resolve(String.valueOf(Yaml.map(whole, "secrets", name).get("file")))
                .normalize();
    }

    /** One of the services. */
    record Service(String name, Map<String, Object> says) {
        String image() {
            return String.valueOf(says.get("image"));
        }

        boolean isRedis() {
            return image().startsWith("redis:");
        }

        /** Returns the words of its command; what compose would take for a variable is written with two signs. */
        List<String> command() {
            return unescaped(Yaml.list(says, "command"));
        }

        /** Returns the command that tells whether it is well, as words; empty if it ends by itself. */
        List<String> healthCheck() {
            List<String> test = unescaped(Yaml.list(Yaml.map(says, "healthcheck"), "test"));
            if (test.isEmpty()) {
                return test;
            }
            return test.get(0).equals("CMD-SHELL") ? List.of("sh", "-c", test.get(1)) : test.subList(1, test.size());
        }

        private static List<String> unescaped(List<String> words) {
            return words.stream().map(word -> word.replace("$$", "$")).toList();
        }

        Map<String, Object> environment() {
            return Yaml.map(says, "environment");
        }

        List<String> secrets() {
            return Yaml.list(says, "secrets");
        }

        /** Returns where files of ours are within it: by the path there, the file or folder here. */
        Map<String, Path> mounts() {
            Map<String, Path> mounts = new LinkedHashMap<>();
            for (String volume : Yaml.<String>list(says, "volumes")) {
                List<String> parts = new ArrayList<>(List.of(volume.split(":")));
                if (parts.get(0).startsWith(".")) {
                    mounts.put(parts.get(1), FOLDER.resolve(parts.get(0)).normalize());
                }
            }
            return mounts;
        }

        /** Returns the fixed address that it has, or its name. */
        List<String> hosts() {
            Object address = Yaml.map(says, "networks", "default").get("ipv4_address");
            return address == null ? List.of(name) : List.of(name, String.valueOf(address));
        }
    }
}
