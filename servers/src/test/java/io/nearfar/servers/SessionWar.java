package io.nearfar.servers;

import java.io.IOException;
import java.util.zip.ZipOutputStream;

/** The application with sessions as a WAR; it has no jar of Nearfar's. */
final class SessionWar implements War {
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <servlet>
                <servlet-name>session</servlet-name>
                <servlet-class>io.nearfar.servers.session.SessionServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>session</servlet-name>
                <url-pattern>/ask/*</url-pattern>
              </servlet-mapping>
              %s
            </web-app>
            """;

    private static final String SECURED = """
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>who</web-resource-name>
                <url-pattern>/ask/who</url-pattern>
              </web-resource-collection>
              <auth-constraint>
                <role-name>**</role-name>
              </auth-constraint>
            </security-constraint>
            <login-config>
              <auth-method>BASIC</auth-method>
            </login-config>
            """;

    private final boolean secured;

    /** Creates one, in which {@code /ask/who} may be for those who are signed in. */
    SessionWar(boolean secured) {
        this.secured = secured;
    }

    @Override
    public void fill(ZipOutputStream zip, int round) throws IOException {
        War.add(zip, "WEB-INF/web.xml", WEB_XML.formatted(secured ? SECURED : ""));
        War.addClasses(zip, "io/nearfar/servers/session");
    }
}
