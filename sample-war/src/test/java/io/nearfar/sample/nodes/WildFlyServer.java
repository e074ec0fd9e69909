package io.nearfar.sample.nodes;

import io.nearfar.sample.launch.Child;
import io.nearfar.sample.launch.Folder;
import io.nearfar.sample.launch.Loopback;
import io.nearfar.sample.launch.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WildFly with the sample as its first page, or with other applications, on free ports of this machine; its files are in a folder that goes with it. */
final class WildFlyServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(4);
    private static final String LOGIN =
            "<application-security-domain name=\"other\" security-domain=\"ApplicationDomain\"";
    private static final String HEALTH_EXTENSION =
            "<extension module=\"org.wildfly.extension.microprofile.health-smallrye\"/>";
    private static final String HEALTH_SUBSYSTEM =
            "<subsystem xmlns=\"urn:wildfly:microprofile-health-smallrye:3.0\" security-enabled=\"false\"/>";
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

    /** What the annotation says with an expression of Payara; a descriptor counts before it. */
    private static final String WEB_XML = """
        <?xml version="1.0" encoding="UTF-8"?>
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <data-source>
            <name>java:app/jdbc/gazetteer</name>
            <class-name>org.h2.jdbcx.JdbcDataSource</class-name>
            <url>jdbc:h2:mem:gazetteer;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000</url>
            <user>sa</user>
            <password></password>
          </data-source>
        </web-app>
        """;

    /** The server has the driver, and shows it to those who ask. */
    private static final String STRUCTURE = """
        <?xml version="1.0" encoding="UTF-8"?>
        <jboss-deployment-structure>
          <deployment>
            <dependencies>
              <module name="com.h2database.h2"/>
            </dependencies>
          </deployment>
        </jboss-deployment-structure>
        """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Folder folder;
    private final Child child;
    private final int port;
    private final int management;

    private WildFlyServer(Folder folder, Child child, int port, int management) {
        this.folder = folder;
        this.child = child;
        this.port = port;
        this.management = management;
    }

    /** Starts one with the sample as its first page, with further system properties, and waits until that answers. */
    static WildFlyServer start(Map<String, String> settings) throws IOException, InterruptedException {
        WebArchive sample = Wars.some()
                .addClass(ReadinessOnWildFly.class)
                .addAsWebInfResource(new StringAsset(WEB_XML), "web.xml")
                .addAsWebInfResource(new StringAsset(STRUCTURE), "jboss-deployment-structure.xml");
        return start("wildfly", Map.of("ROOT", sample), List.of("api/countries"), settings);
    }

    /** Starts one that logs under a name, with applications by their paths, and waits until paths within them answer. */
    static WildFlyServer start(
            String name, Map<String, WebArchive> applications, List<String> paths, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("sample.wildfly"));
        Folder folder = new Folder();
        Path base = folder.make("base");
        configure(home, base);
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        applications.forEach((path, war) -> war.addAsLibraries(Wars.jarOf(javax.cache.Cache.class))
                .as(ZipExporter.class)
                .exportTo(deployments.resolve(path + ".war").toFile()));
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String each : List.of("http", "https", "management.http", "management.https")) {
            ports.put(each, Loopback.anyPort());
        }
        Child child = Child.start(
                "WildFly", log(name), Map.of("MALLOC_ARENA_MAX", "2"), command(home, base, ports, settings));
        WildFlyServer server = new WildFlyServer(folder, child, ports.get("http"), ports.get("management.http"));
        if (!Waiting.until(START, child::running, () -> paths.stream().allMatch(server::answers))) {
            String report = child.report();
            server.close();
            throw new IllegalStateException(report);
        }
        return server;
    }

    /** Where the one with the sample logs to; stays when it has ended. */
    static Path log() {
        return log("wildfly");
    }

    private static Path log(String name) {
        return Path.of(System.getProperty("sample.build"), name + ".log");
    }

    /**
     * Its usual configuration, with MicroProfile Health as in {@code standalone-microprofile.xml}, which has no enterprise beans; and
     * mechanisms of Jakarta Security need no second place where persons are known.
     */
    private static void configure(Path home, Path base) throws IOException {
        Path from = home.resolve("standalone/configuration");
        Path to = Files.createDirectories(base.resolve("configuration"));
        try (var files = Files.newDirectoryStream(from, "*.properties")) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        String usual = Files.readString(from.resolve("standalone.xml"))
                .replace("</extensions>", HEALTH_EXTENSION + "</extensions>")
                .replace("</profile>", HEALTH_SUBSYSTEM + "</profile>");
        int login = usual.lastIndexOf(LOGIN) + LOGIN.length();
        Files.writeString(
                to.resolve("standalone.xml"),
                usual.substring(0, login) + " integrated-jaspi=\"false\"" + usual.substring(login));
    }

    private static List<String> command(
            Path home, Path base, Map<String, Integer> ports, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("tests.jvm", "").strip().split("\\s+")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + base.getParent()));
        OPENED.forEach(each -> command.add("--add-opens=" + each + "=ALL-UNNAMED"));
        command.add("-Djboss.home.dir=" + home);
        command.add("-Djboss.server.base.dir=" + base);
        command.add("-Dlogging.configuration="
                + base.resolve("configuration/logging.properties").toUri());
        command.add("-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"));
        command.add("-Djboss.bind.address=" + Loopback.HOST);
        command.add("-Djboss.bind.address.management=" + Loopback.HOST);
        ports.forEach((name, port) -> command.add("-Djboss." + name + ".port=" + port));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        command.addAll(List.of("-mp", home.resolve("modules").toString(), "org.jboss.as.standalone"));
        return command;
    }

    private boolean answers(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String address() {
        return "http://" + Loopback.HOST + ":" + port + "/";
    }

    /** The address of the first page. */
    URL url() throws IOException {
        return URI.create(address()).toURL();
    }

    /** The address of its own, which tells how it is. */
    URL managementUrl() throws IOException {
        return URI.create("http://" + Loopback.HOST + ":" + management + "/").toURL();
    }

    @Override
    public void close() throws IOException {
        child.close();
        folder.close();
    }
}
