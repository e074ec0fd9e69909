package io.nearfar.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The probe as a WAR. */
final class ProbeWar {
    private static final String CLASSES = "io/nearfar/servers/probe";

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <servlet>
                <servlet-name>probe</servlet-name>
                <servlet-class>io.nearfar.servers.probe.ProbeServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>probe</servlet-name>
                <url-pattern>/ask/*</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    private static final String BEANS_XML = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    /** A busy machine is no outage. */
    private static final String SETTINGS = """
            nearfar.address = %s
            nearfar.start = require
            nearfar.deadline = 9s
            nearfar.cache.untyped.codec = kryo
            nearfar.cache.untyped.codec.allow = io.nearfar.servers.probe.Word
            """;

    private final List<String> jars;
    private final String redis;

    /** Creates one with jars by their paths inside, for the Redis at an address. */
    ProbeWar(List<String> jars, String redis) {
        this.jars = jars;
        this.redis = redis;
    }

    /** Writes it to a file, which is there with all that is in it at once; the one that was there before is replaced. */
    void write(int round, Path file) throws IOException {
        Path whole = Files.createTempFile(file.getParent().getParent(), "probe", ".part");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(whole))) {
            add(zip, "WEB-INF/web.xml", WEB_XML);
            add(zip, "WEB-INF/beans.xml", BEANS_XML);
            add(zip, "WEB-INF/classes/nearfar.properties", SETTINGS.formatted(redis));
            add(zip, "WEB-INF/classes/round.txt", String.valueOf(round));
            for (Path type : classes()) {
                add(zip, "WEB-INF/classes/" + CLASSES + "/" + type.getFileName(), type);
            }
            for (String jar : jars) {
                add(zip, jar, Libraries.named(jar));
            }
        }
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<Path> classes() throws IOException {
        try (var files = Files.list(Path.of("target", "test-classes").resolve(CLASSES))) {
            return files.toList();
        }
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(ZipOutputStream zip, String name, Path content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(content, zip);
    }
}
