package io.nearfar.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** GlassFish Embedded; what a node has of its own is the folder that it is started in. */
final class GlassFish implements Server {
    private static final String JAR = "glassfish-embedded-all.jar";

    /** The folder in the files of the page. */
    private static final String FOLDER = "/srv/shop";

    private static final String LISTEN =
            "embedded-glassfish-config.configs.config.server-config.network-config.network-listeners.network-listener"
                    + ".http-listener.address=127.0.0.1\n";

    private static final String STEPS = "steps.txt";

    private final Path jar = Server.home(JAR);

    @Override
    public String page() {
        return "glassfish";
    }

    @Override
    public void prepare(Path folder, int port) {}

    /** The page's, but that the folder is another, and that it listens at the loopback address. */
    @Override
    public void configure(Path folder, ServerPage page, String heading) throws IOException {
        Path file = folder.resolve("node.properties");
        Files.writeString(file, LISTEN + Files.readString(file).replace(FOLDER, folder.toString()));
        String start = String.join("\n", page.commands(heading, "sh"));
        Files.writeString(folder.resolve(STEPS), start.replaceFirst("^java -jar " + JAR + " ", ""));
    }

    @Override
    public List<String> command(Path folder, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("-jar", jar.toString(), "--port=" + port));
        command.addAll(Arrays.asList(Files.readString(folder.resolve(STEPS)).split("\\s+")));
        return command;
    }

    @Override
    public Path deployments(Path folder) {
        return folder.resolve("deployments");
    }

    /** Without it all former applications would stay, those without Nearfar too. */
    @Override
    public void release(ServerNode node) throws IOException {
        node.ask("take-out");
    }
}
