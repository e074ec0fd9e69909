package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.fragment.FragmentOptions;
import io.nearfar.cdi.fragment.Fragments;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fragments within requests to a real server, which says who is there. */
@Timeout(120)
class PageFragmentsTest {
    @AfterEach
    void clear() {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    /** A container wants one bean. */
    @Singleton
    public static class Anything {}

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final AtomicInteger renders = new AtomicInteger();

        @SuppressWarnings("serial")
        private final Fragments fragments;

        Page(Fragments fragments) {
            this.fragments = fragments;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String html = fragments.get(
                    "cart",
                    1,
                    FragmentOptions.NONE.privateToPrincipal(),
                    () -> request.getRemoteUser() + " " + renders.incrementAndGet());
            response.getWriter().print(html);
        }
    }

    @Test
    void privateFragment_isOfWhoIsSignedIn(@TempDir Path folder) throws Exception {
        try (LocalRedis redis = LocalRedis.start()) {
            System.setProperty("nearfar.address", redis.address());
            System.setProperty("nearfar.prefix", "pages-" + UUID.randomUUID());
            System.setProperty("nearfar.deadline", "9s");
            System.setProperty("nearfar.connect-timeout", "5s");
            try (SeContainer beans = SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .addExtensions(new NearfarExtension(), new WebExtension())
                    .addBeanClasses(Anything.class)
                    .initialize()) {
                beans.select(CacheManager.class)
                        .get()
                        .getURI(); // opened by this program, which goes on after the server
                show(folder, beans.select(Fragments.class).get());
            }
        }
    }

    private static void show(Path folder, Fragments fragments) throws Exception {
        try (WebServer server = new WebServer(folder, Map.of("/*", new Page(fragments)))) {
            assertThat(server.get("/", WebServer.USER, "ann").body()).isEqualTo("ann 1");
            assertThat(server.get("/", WebServer.USER, "bob").body()).isEqualTo("bob 2");
            assertThat(server.get("/", WebServer.USER, "ann").body()).isEqualTo("ann 1");
            assertThat(server.get("/").body()).isEqualTo("null 3");
            assertThat(server.get("/").body()).isEqualTo("null 4");
        }
    }
}
