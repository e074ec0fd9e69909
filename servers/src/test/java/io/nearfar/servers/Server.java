package io.nearfar.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server of one make, unpacked where the build puts it. A node of it has a folder of its own for what it changes. */
interface Server {
    /** Returns the name of its page. */
    String page();

    /** Prepares the folder of a node that listens at a port of the loopback address. */
    void prepare(Path folder, int port) throws IOException;

    /** Does what the page says under a heading beyond files; they are in the folder already. */
    default void configure(Path folder, ServerPage page, String heading) throws IOException, InterruptedException {}

    /** Returns what follows {@code java} and its options on the command line that starts a node. */
    List<String> command(Path folder, int port) throws IOException, InterruptedException;

    /** Returns what the environment of a node has besides. */
    default Map<String, String> environment(Path folder) {
        return Map.of();
    }

    /** Returns the folder, within that of a node, out of which it deploys whatever is put there. */
    Path deployments(Path folder);

    /** Takes an application down. */
    default void undeploy(Path war) throws IOException {
        Files.delete(war);
    }

    /** Returns how many former applications the server itself may keep, however often one is deployed anew. */
    default int kept() {
        return 0;
    }

    /** Has a node let go of what the server holds of former applications by a fault of its own. */
    default void release(ServerNode node) throws IOException {}

    /** Returns the folder of the server itself. */
    static Path home(String name) {
        return Path.of(System.getProperty("servers.folder", "target/servers"), name)
                .toAbsolutePath();
    }

    /** Copies a folder with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
        }
    }
}
