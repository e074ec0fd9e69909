package io.nearfar.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** TomEE with its web profile, which is made of Tomcat. */
final class TomEE extends Tomcat {
    private static final Path HOME = Server.home("apache-tomee-webprofile-" + System.getProperty("version.tomee"));

    TomEE() {
        super("tomee", HOME);
    }

    /** With the agent that its own script starts it with. */
    @Override
    public List<String> command(Path folder, int port) {
        List<String> command = new ArrayList<>(List.of("-javaagent:" + HOME.resolve("lib/openejb-javaagent.jar")));
        command.addAll(super.command(folder, port));
        return command;
    }
}
