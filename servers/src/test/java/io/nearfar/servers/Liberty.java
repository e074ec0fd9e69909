package io.nearfar.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open Liberty; what a node has of its own is {@code WLP_USER_DIR}, with a server whose name is defaultServer. */
final class Liberty implements Server {
    private static final String SERVER = "servers/defaultServer";

    private static final String PORTS = """
            <server>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
              <applicationMonitor pollingRate="500ms"/>
            </server>
            """;

    private final Path home = Server.home("wlp");

    @Override
    public String page() {
        return "open-liberty";
    }

    @Override
    public void prepare(Path folder, int port) throws IOException {
        Path overrides = Files.createDirectories(folder.resolve(SERVER + "/configDropins/overrides"));
        Files.writeString(overrides.resolve("ports.xml"), PORTS.formatted(port));
    }

    @Override
    public List<String> command(Path folder, int port) {
        return List.of(
                "@" + home.resolve("lib/platform/java/java9.options"),
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-jar",
                home.resolve("bin/tools/ws-server.jar").toString(),
                "defaultServer");
    }

    @Override
    public Map<String, String> environment(Path folder) {
        return Map.of("WLP_USER_DIR", folder.toString());
    }

    @Override
    public Path deployments(Path folder) {
        return folder.resolve(SERVER + "/dropins");
    }
}
