package io.nearfar.redeploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts a web application together in a folder: classes, settings, jars and web.xml. */
final class WebApplication {
    private static final String CLASSES = "io/nearfar/redeploy/shop";

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <servlet>
                <servlet-name>shop</servlet-name>
                <servlet-class>io.nearfar.redeploy.shop.ShopServlet</servlet-class>
                <load-on-startup>1</load-on-startup>
              </servlet>
              <servlet-mapping>
                <servlet-name>shop</servlet-name>
                <url-pattern>/put</url-pattern>
                <url-pattern>/get</url-pattern>
                <url-pattern>/find</url-pattern>
                <url-pattern>/work</url-pattern>
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
            nearfar.cache.stock.codec = kryo
            """;

    private WebApplication() {}

    /** Fills a folder with the application; returns the folder. */
    static Path in(Path folder, Layout layout, String redis) throws IOException {
        Path inside = Files.createDirectories(folder.resolve("WEB-INF"));
        Path classes = inside.resolve("classes");
        copy(Layout.files(Path.of("target", "test-classes").resolve(CLASSES)), classes.resolve(CLASSES));
        copy(layout.jarsOfApplication(), inside.resolve("lib"));
        Files.writeString(classes.resolve("nearfar.properties"), SETTINGS.formatted(redis));
        Files.writeString(inside.resolve("web.xml"), WEB_XML);
        if (layout.hasAnnotations()) {
            Files.writeString(inside.resolve("beans.xml"), BEANS_XML);
        }
        return folder;
    }

    private static void copy(List<Path> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
    }
}
