package io.nearfar.redeploy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** A Tomcat on a free port, whose ten threads stay for as long as it runs, with one application that never goes. */
final class WebServer implements AutoCloseable {
    static final int THREADS = 10;

    private static final int PATIENCE_MILLIS = 60_000;

    private final Tomcat tomcat = new Tomcat();
    private final ServerLibraries libraries;

    WebServer(Layout layout, Path folder) throws LifecycleException {
        libraries = new ServerLibraries(layout.jarsOfServer());
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxThreads", String.valueOf(THREADS));
        tomcat.getConnector().setProperty("minSpareThreads", String.valueOf(THREADS));
        Context other = tomcat.addContext("/other", folder.toString());
        Tomcat.addServlet(other, "other", new Other());
        other.addServletMappingDecoded("/*", "other");
        tomcat.start();
    }

    /** What the server goes on with. */
    private static final class Other extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("here");
        }
    }

    /** Deploys what lies in a folder, under its name. */
    Context deploy(Path folder) {
        StandardContext context = new StandardContext();
        String path = "/" + folder.getFileName();
        context.setName(path);
        context.setPath(path);
        context.setDocBase(folder.toString());
        context.setParentClassLoader(libraries);
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml("org/apache/catalina/startup/NO_DEFAULT_XML");
        context.addLifecycleListener(config);
        tomcat.getHost().addChild(context);
        if (context.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException(path + " is " + context.getState());
        }
        return context;
    }

    void undeploy(Context context) {
        tomcat.getHost().removeChild(context);
    }

    /** Asks over HTTP; throws unless all is well. */
    String get(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setReadTimeout(PATIENCE_MILLIS);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        libraries.close();
    }
}
