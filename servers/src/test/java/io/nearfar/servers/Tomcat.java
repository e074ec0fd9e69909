package io.nearfar.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tomcat, or a server that is made of it; what a node has of its own is {@code CATALINA_BASE}. */
class Tomcat implements Server {
    /** As its own script opens them, so that it can look for what applications leave behind. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.rmi/sun.rmi.transport");

    private final String page;
    private final Path home;

    Tomcat() {
        this("tomcat", Server.home("apache-tomcat-" + System.getProperty("version.tomcat")));
    }

    Tomcat(String page, Path home) {
        this.page = page;
        this.home = home;
    }

    @Override
    public String page() {
        return page;
    }

    /** Its configuration, but for the ports, and it looks once a second for what is to be deployed. */
    @Override
    public void prepare(Path folder, int port) throws IOException {
        Server.copy(home.resolve("conf"), folder.resolve("conf"));
        for (String name : List.of("lib", "logs", "temp", "webapps", "work")) {
            Files.createDirectories(folder.resolve(name));
        }
        Path file = folder.resolve("conf/server.xml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("<Server port=\"\\d+\"", "<Server port=\"-1\"")
                        .replaceAll(
                                "<Connector port=\"8080\"", "<Connector address=\"127.0.0.1\" port=\"" + port + "\"")
                        .replaceAll("<Engine name", "<Engine backgroundProcessorDelay=\"1\" name"));
    }

    @Override
    public List<String> command(Path folder, int port) {
        return Stream.concat(
                        OPENED.stream().map(each -> "--add-opens=" + each + "=ALL-UNNAMED"),
                        Stream.of(
                                "-Djava.util.logging.config.file=" + folder.resolve("conf/logging.properties"),
                                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                                "-Dcatalina.home=" + home,
                                "-Dcatalina.base=" + folder,
                                "-cp",
                                home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
                                "org.apache.catalina.startup.Bootstrap",
                                "start"))
                .toList();
    }

    @Override
    public Path deployments(Path folder) {
        return folder.resolve("webapps");
    }
}
