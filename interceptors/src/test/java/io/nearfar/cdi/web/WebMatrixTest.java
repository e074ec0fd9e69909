package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.matrix.web.Persons;
import io.nearfar.cdi.matrix.web.Site;
import io.nearfar.cdi.matrix.web.WebCell;
import io.nearfar.cdi.matrix.web.WebMatrix;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.web.response.ResponseExtension;
import io.nearfar.cdi.web.response.ResponseHook;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of the annotations of resources does what it should over HTTP, with Weld, Jersey and Tomcat. */
@Timeout(120)
class WebMatrixTest {
    private static LocalRedis redis;
    private static SeContainer beans;
    private static WebServer server;
    private static Site site;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.deadline", "9s");
        System.setProperty("nearfar.limit.deadline", "9s");
        System.setProperty("nearfar.connect-timeout", "5s");
        System.setProperty("nearfar.http.trusted-proxies", "127.0.0.0/8");
        beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension(), new WebExtension(), new ResponseExtension())
                .addBeanClasses(WebMatrix.beans().toArray(Class<?>[]::new))
                .initialize();
        beans.select(CacheManager.class).get().getURI(); // opened by this program, which goes on after the server
        ResourceConfig application = new ResourceConfig(Persons.class);
        WebMatrix.resources()
                .forEach(resource -> application.register(beans.select(resource).get()));
        server = new WebServer(folder, Map.of("/*", new ServletContainer(application)), new ResponseHook());
        site = new Site(server.address() + "/");
        site.awaitServer();
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            server.close();
            beans.close();
            redis.close();
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        }
    }

    static List<WebCell> cells() {
        return WebMatrix.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void member_doesWhatItShould(WebCell cell) throws Exception {
        assertThat(cell.check().holds(site)).isTrue();
    }

    /** By its name a cell is found again on another server. */
    @Test
    void names_areOfOneCellEach() {
        assertThat(cells()).extracting(WebCell::toString).doesNotHaveDuplicates();
    }
}
