package io.nearfar.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** WildFly; what a node has of its own is the folder that is {@code standalone} by default. */
final class WildFly implements Server {
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

    private final Path home = Server.home("wildfly-" + System.getProperty("version.wildfly"));

    @Override
    public String page() {
        return "wildfly";
    }

    /** Its usual configuration, but it looks twice a second for what is to be deployed. */
    @Override
    public void prepare(Path folder, int port) throws IOException {
        Server.copy(home.resolve("standalone/configuration"), folder.resolve("configuration"));
        Path file = folder.resolve("configuration/standalone.xml");
        Files.writeString(file, Files.readString(file).replace("scan-interval=\"5000\"", "scan-interval=\"500\""));
    }

    /** By its own command line, on a server that is not started. */
    @Override
    public void configure(Path folder, ServerPage page, String heading) throws IOException, InterruptedException {
        List<String> commands = page.commands(heading, "cli");
        if (!commands.isEmpty()) {
            Path script = folder.resolve("steps.cli");
            Files.write(script, commands);
            List<String> words = new ArrayList<>(List.of(ServerNode.program("java")));
            words.addAll(modules(folder, "org.jboss.as.cli"));
            words.add("--file=" + script);
            Programs.run(words, folder, Map.of("JBOSS_HOME", home.toString()));
        }
    }

    @Override
    public List<String> command(Path folder, int port) {
        List<String> command = new ArrayList<>(List.of(
                "-Dlogging.configuration="
                        + folder.resolve("configuration/logging.properties").toUri(),
                "-Dorg.jboss.boot.log.file=" + folder.resolve("log/server.log"),
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=0",
                "-Djboss.management.http.port=0"));
        command.addAll(modules(folder, "org.jboss.as.standalone"));
        return command;
    }

    private List<String> modules(Path folder, String main) {
        List<String> words = new ArrayList<>();
        OPENED.forEach(each -> words.add("--add-opens=" + each + "=ALL-UNNAMED"));
        words.addAll(List.of(
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + folder,
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules") + ":" + folder.resolve("modules"),
                main));
        return words;
    }

    @Override
    public Path deployments(Path folder) {
        return folder.resolve("deployments");
    }

    /** Idle worker threads of WildFly's keep their last tasks on their stacks, and by these the applications. */
    @Override
    public int kept() {
        return 2;
    }

    /** The mark beside it says that it is deployed. */
    @Override
    public void undeploy(Path war) throws IOException {
        Files.delete(Path.of(war + ".deployed"));
    }
}
