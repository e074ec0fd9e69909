package io.nearfar.servers;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipOutputStream;

/** The probe as a WAR. */
final class ProbeWar implements War {
    private static final String CLASSES = "io/nearfar/servers/probe";

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
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

    @Override
    public void fill(ZipOutputStream zip, int round) throws IOException {
        War.add(zip, "WEB-INF/web.xml", WEB_XML);
        War.add(zip, "WEB-INF/beans.xml", BEANS_XML);
        War.add(zip, "WEB-INF/classes/nearfar.properties", SETTINGS.formatted(redis));
        War.add(zip, "WEB-INF/classes/round.txt", String.valueOf(round));
        War.addClasses(zip, CLASSES);
        for (String jar : jars) {
            War.add(zip, jar, Libraries.named(jar));
        }
    }
}
