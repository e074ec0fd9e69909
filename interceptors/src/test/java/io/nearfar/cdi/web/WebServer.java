package io.nearfar.cdi.web;

import static org.awaitility.Awaitility.await;

import io.nearfar.spi.ServletHook;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.LoginConfig;

/** A Tomcat on a free port of this machine with one application, in which both hooks of Nearfar are. */
final class WebServer implements AutoCloseable {
    /** Who is signed in, as the server has found out. */
    static final String USER = "X-Signed-In";

    /** The one role that they have. */
    static final String ROLE = "X-Role";

    private final Tomcat tomcat = new Tomcat();
    private final Context context;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Starts one that answers with these servlets, by their patterns. */
    WebServer(Path folder, Map<String, HttpServlet> servlets, ServletContainerInitializer... further)
            throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer(new ServletHook(), Set.of());
        context.addServletContainerInitializer(new RateLimitHook(), Set.of());
        for (ServletContainerInitializer each : further) {
            context.addServletContainerInitializer(each, Set.of());
        }
        context.getPipeline().addValve(new SigningIn());
        servlets.forEach((pattern, servlet) -> {
            Tomcat.addServlet(context, pattern, servlet).setAsyncSupported(true);
            context.addServletMappingDecoded(pattern, pattern);
        });
        tomcat.start();
    }

    /** Returns the class loader of the application, by which its caches are known. */
    ClassLoader loader() {
        return context.getLoader().getClassLoader();
    }

    /** Has the answer to requests that end with that status written by what answers for a path. */
    void errorPage(int status, String path) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(path);
        context.addErrorPage(page);
    }

    /** Has the server know a user, and ask for name and password where an application wants to know who is there. */
    void login(String user, String password, String role) {
        tomcat.addUser(user, password);
        tomcat.addRole(user, role);
        context.setLoginConfig(new LoginConfig("BASIC", "caches", null, null));
        for (Valve valve : context.getPipeline().getValves()) {
            if (valve instanceof NonLoginAuthenticator) {
                context.getPipeline().removeValve(valve);
            }
        }
        context.getPipeline().addValve(new BasicAuthenticator());
    }

    /** Takes a request's word for who sends it. */
    private static final class SigningIn extends ValveBase {
        SigningIn() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, jakarta.servlet.ServletException {
            String user = request.getHeader(USER);
            if (user != null) {
                String role = request.getHeader(ROLE);
                request.setUserPrincipal(new GenericPrincipal(user, role == null ? List.of() : List.of(role)));
            }
            getNext().invoke(request, response);
        }
    }

    /** Asks for a path with headers, names and values in turn. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers));
    }

    /** Asks for what would come of {@link #get}, without its body. */
    HttpResponse<String> head(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    /** Asks for a path with a body, which is unusual. */
    HttpResponse<String> getWith(String path, HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        return send(request(path).method("GET", body));
    }

    /** Sends a text to a path with headers, names and values in turn. */
    HttpResponse<String> post(String path, String text, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    /**
     * Waits until requests are counted for a path that is limited by the addresses of clients, and refused in an outage. A starved
     * node begins with an outage, and joins when it has reached its Redis.
     */
    void awaitCounting(String path) {
        AtomicInteger client = new AtomicInteger();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get(path, "X-Forwarded-For", "198.51.100." + client.incrementAndGet() % 256)
                        .headers()
                        .firstValue("RateLimit")
                        .isPresent());
    }

    /** Returns the address of the first page, without a slash at its end. */
    String address() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
