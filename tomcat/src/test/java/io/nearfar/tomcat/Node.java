package io.nearfar.tomcat;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.session.StandardSession;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat of this process with one application, and a client that asks it. */
final class Node implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Tomcat tomcat = new Tomcat();
    private final NearfarSessionManager manager = new NearfarSessionManager();
    private final ShopServlet servlet = new ShopServlet();
    private final Context context;
    private final List<String> ended = new CopyOnWriteArrayList<>();

    /** Starts one over the Redis at an address. */
    Node(Path folder, String redis, Consumer<NearfarSessionManager> settings) throws LifecycleException, IOException {
        this(folder, redis, "localhost", settings, context -> {});
    }

    /** Starts one whose host has that name, and whose application is set up further before it gets its manager. */
    Node(
            Path folder,
            String redis,
            String host,
            Consumer<NearfarSessionManager> settings,
            Consumer<Context> application)
            throws LifecycleException, IOException {
        tomcat.setBaseDir(Files.createTempDirectory(folder, "node").toString());
        tomcat.setPort(0);
        tomcat.setHostname(host);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext("", tomcat.getServer().getCatalinaBase().toString());
        context.setDistributable(true);
        tomcat.addUser("ann", "secret");
        tomcat.addRole("ann", "customer");
        application.accept(context);
        manager.setUri(redis);
        settings.accept(manager);
        context.setManager(manager);
        ((StandardContext) context).addApplicationLifecycleListener(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                ended.add(event.getSession().getId());
            }
        });
        Tomcat.addServlet(context, "shop", servlet);
        context.addServletMappingDecoded("/shop/*", "shop");
        tomcat.start();
    }

    NearfarSessionManager manager() {
        return manager;
    }

    ShopServlet servlet() {
        return servlet;
    }

    /** Has all sessions of this node be as if their last request was so long ago. */
    void age(Duration time) throws ReflectiveOperationException {
        for (String name : List.of("thisAccessedTime", "lastAccessedTime")) {
            Field field = StandardSession.class.getDeclaredField(name);
            field.setAccessible(true);
            for (Session session : manager.findSessions()) {
                field.setLong(session, System.currentTimeMillis() - time.toMillis());
            }
        }
    }

    List<String> ended() {
        return ended;
    }

    /** Asks on another thread, with a copy of the browser. */
    CompletableFuture<String> asked(Browser browser, String path) {
        Browser own = browser.copy();
        return CompletableFuture.supplyAsync(() -> {
            try {
                return ask(own, path);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Asks with the cookie of a browser. */
    String ask(Browser browser, String path) throws IOException, InterruptedException {
        return browser.ask(tomcat.getConnector().getLocalPort(), path);
    }

    /** What a client has: the cookie of its session. */
    static final class Browser {
        private String cookie = "";

        Browser() {}

        /** Creates one that has this cookie. */
        Browser(String cookie) {
            this.cookie = cookie;
        }

        String ask(int port, String path) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/shop/" + path))
                    .header("Cookie", cookie.isEmpty() ? "none=none" : cookie)
                    .build();
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(response.statusCode() + ": " + response.body());
            }
            response.headers()
                    .firstValue("Set-Cookie")
                    .ifPresent(field -> cookie = field.substring(0, field.indexOf(';')));
            return response.body();
        }

        String session() {
            return cookie.substring(cookie.indexOf('=') + 1);
        }

        /** Returns another one with the same cookie. */
        Browser copy() {
            return new Browser(cookie);
        }
    }

    /** Stops it, which it may be already. */
    @Override
    public void close() throws LifecycleException {
        if (tomcat.getServer().getState() == LifecycleState.DESTROYED) {
            return;
        }
        tomcat.stop();
        tomcat.destroy();
    }

    /** Runs one until it is killed: says its port, and takes the address of Redis and whether sessions are sticky. */
    public static void main(String[] arguments) throws Exception {
        Node node = new Node(
                Path.of(arguments[0]), arguments[1], manager -> manager.setSticky(Boolean.parseBoolean(arguments[2])));
        System.out.println("PORT " + node.tomcat.getConnector().getLocalPort());
        Thread.currentThread().join();
    }
}
