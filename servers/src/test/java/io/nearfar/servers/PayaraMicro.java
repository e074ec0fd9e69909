package io.nearfar.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Payara Micro with its data grid on; what a node has of its own is the folder that it is started in. */
final class PayaraMicro implements Server {
    private static final String JAR = "payara-micro.jar";

    private static final String LISTEN =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address"
                    + "=127.0.0.1\n";

    private static final String BEFORE = "before.txt";
    private static final String STEPS = "steps.txt";

    private final Path jar = Server.home(JAR);

    /** The port by which the second node finds the data grid of the first. */
    private int grid;

    @Override
    public String page() {
        return "payara-micro";
    }

    @Override
    public void prepare(Path folder, int port) throws IOException {
        Files.writeString(folder.resolve(BEFORE), LISTEN);
    }

    /** Its command line is all that it is told. */
    @Override
    public void configure(Path folder, ServerPage page, String heading) throws IOException {
        String start = String.join("\n", page.commands(heading, "sh"));
        Files.writeString(folder.resolve(STEPS), start.replaceFirst("^java -jar " + JAR + " ", ""));
    }

    /** As the page says, besides that it is in the grid of the first node, on the loopback address, and tells nobody. */
    @Override
    public List<String> command(Path folder, int port) throws IOException {
        int own = ServerNode.freePort();
        grid = grid == 0 ? own : grid;
        List<String> command = new ArrayList<>(List.of("-Dhazelcast.socket.bind.any=false", "-jar", jar.toString()));
        command.addAll(Arrays.asList(Files.readString(folder.resolve(STEPS)).split("\\s+")));
        command.addAll(List.of("--port", String.valueOf(port), "--prebootcommandfile", BEFORE));
        command.addAll(List.of("--startport", String.valueOf(own), "--interfaces", "127.0.0.1"));
        command.addAll(List.of("--clustermode", "tcpip:127.0.0.1:" + grid, "--disablephonehome"));
        return command;
    }

    @Override
    public Path deployments(Path folder) {
        return folder.resolve("node/autodeploy");
    }
}
