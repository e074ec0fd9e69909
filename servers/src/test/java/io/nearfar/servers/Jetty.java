package io.nearfar.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Jetty; what a node has of its own is {@code JETTY_BASE}. */
final class Jetty implements Server {
    private final Path home = Server.home("jetty-home-" + System.getProperty("version.jetty"));

    @Override
    public String page() {
        return "jetty";
    }

    @Override
    public void prepare(Path folder, int port) {}

    /** By its own program, which writes down what it is told. */
    @Override
    public void configure(Path folder, ServerPage page, String heading) throws IOException, InterruptedException {
        for (String command : page.commands(heading, "sh")) {
            List<String> words = new ArrayList<>(
                    List.of(command.replace("$JETTY_HOME", home.toString()).split("\\s+")));
            words.set(0, ServerNode.program(words.get(0)));
            Programs.run(words, folder);
        }
    }

    @Override
    public List<String> command(Path folder, int port) {
        return List.of(
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + folder,
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + port,
                "jetty.deploy.scanInterval=1");
    }

    @Override
    public Path deployments(Path folder) {
        return folder.resolve("webapps");
    }
}
