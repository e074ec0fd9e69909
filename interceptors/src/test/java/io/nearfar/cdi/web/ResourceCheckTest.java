package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.testing.ErrorLines;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ResourceCheckTest {
    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    /** A limited resource that is a bean. */
    @ApplicationScoped
    @Path("bean")
    public static class Bean {
        @GET
        @RateLimited(name = "bean", limit = 1, window = "1h", key = LimitKey.ALL)
        public String limited() {
            return "bean";
        }
    }

    /** One that the implementation of JAX-RS makes. */
    @Path("bare")
    public static class Bare {
        @GET
        @RateLimited(name = "bare", limit = 1, window = "1h", key = LimitKey.ALL)
        public String limited() {
            return "bare";
        }

        @GET
        @Path("free")
        public String free() {
            return "free";
        }
    }

    @Test
    void limitedResource_thatIsNoBean_isToldWhenTheApplicationStarts(@TempDir java.nio.file.Path folder)
            throws Exception {
        SeContainerInitializer initializer = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension(), new WebExtension())
                .addBeanClasses(Bean.class);
        try (SeContainer beans = initializer.initialize()) {
            ResourceConfig application = new ResourceConfig(Bare.class)
                    .register(beans.select(Bean.class).get());
            try (WebServer server = new WebServer(folder, Map.of("/*", new ServletContainer(application)))) {
                assertThat(server.get("/bare/free").body()).isEqualTo("free");
                assertThat(server.get("/bean").statusCode()).isEqualTo(200);
                assertThat(server.get("/bean").statusCode()).isEqualTo(429);
            }
        }
        assertThat(lines.text().lines().filter(line -> line.contains("NF0904")))
                .singleElement()
                .asString()
                .contains("limited of " + Bare.class.getName());
    }
}
