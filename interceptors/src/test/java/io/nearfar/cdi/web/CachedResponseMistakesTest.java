package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.web.response.ResponseExtension;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in {@code @CachedResponse} and what the deployment says of them. */
@Timeout(120)
class CachedResponseMistakesTest {
    @Singleton
    public static class NoGet {
        @POST
        @CachedResponse
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class NoLength {
        @GET
        @CachedResponse(timeToLive = "1 minute")
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class TooShort {
        @GET
        @CachedResponse(timeToLive = "0s")
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class NoParameter {
        @GET
        @CachedResponse(tags = "town:{name}")
        public String go(@PathParam("id") int id) {
            return "";
        }
    }

    @Singleton
    public static class NoProperty {
        @GET
        @CachedResponse(tags = "town:{result.mayor}")
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class Unreadable {
        @GET
        @CachedResponse(tags = "town:{0}")
        public String go(@PathParam("id") StringBuilder id) {
            return "";
        }
    }

    @Singleton
    public static class NotOfTheRequest {
        @GET
        @CachedResponse(tags = "town:{0}")
        public String go(@Context String id) {
            return "";
        }
    }

    @Singleton
    public static class NoHeader {
        @GET
        @CachedResponse(vary = "Accept Language")
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class StarAndOthers {
        @GET
        @CachedResponse(parameters = {"*", "page"})
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class Blank {
        @GET
        @CachedResponse(cacheName = " ")
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class Nothing {
        @GET
        @CachedResponse
        public void go() {}
    }

    @Singleton
    public static class Events {
        @GET
        @CachedResponse
        public void go(@Context SseEventSink events) {}
    }

    @Singleton
    public static class Both {
        @GET
        @CachedResponse(privateToPrincipal = true, evenWithAuthorization = true)
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class NoFallback {
        @GET
        @Produces("text/plain")
        @CachedResponse(fallback = "other")
        public String go(@PathParam("id") int id) {
            return "";
        }

        public String other(String id) {
            return "";
        }
    }

    @Singleton
    public static class UntoldFallback {
        @GET
        @Produces("text/plain")
        @CachedResponse(fallback = "other")
        public String go(@Context String id) {
            return "";
        }

        public String other(String id) {
            return "";
        }
    }

    @Singleton
    public static class FallbackOfNoType {
        @GET
        @CachedResponse(fallback = "other")
        public String go() {
            return "";
        }

        public String other() {
            return "";
        }
    }

    @Singleton
    @Path("several")
    public static class Several {
        @GET
        @CachedResponse(timeToLive = "soon", maxAge = "later")
        public String go() {
            return "";
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(NoGet.class, "NF0851", "@GET"),
                arguments(NoLength.class, "NF0852", "\"1 minute\" is no length of time. Write one such as"),
                arguments(TooShort.class, "NF0852", "Write 1ms or more"),
                arguments(NoParameter.class, "NF0839", "names {name}, and the method has no such parameter"),
                arguments(NoProperty.class, "NF0839", "names the property mayor"),
                arguments(Unreadable.class, "NF0853", "@PathParam"),
                arguments(NotOfTheRequest.class, "NF0853", "parameter 1"),
                arguments(NoHeader.class, "NF0854", "\"Accept Language\""),
                arguments(StarAndOthers.class, "NF0855", "Write * alone"),
                arguments(Blank.class, "NF0855", "blank"),
                arguments(Nothing.class, "NF0856", "returns nothing"),
                arguments(Events.class, "NF0856", "sends events"),
                arguments(Both.class, "NF0857", "Keep one of the two"),
                arguments(NoFallback.class, "NF0876", "no such public method"),
                arguments(UntoldFallback.class, "NF0876", "parameter 1"),
                arguments(FallbackOfNoType.class, "NF0877", "@Produces"),
                arguments(Several.class, "NF0800 2 mistake(s)", "maxAge"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_failsTheDeployment(Class<?> type, String id, String words) {
        SeContainerInitializer initializer = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new ResponseExtension())
                .addBeanClasses(type);
        assertThat(catchThrowable(() -> initializer.initialize().close()))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(id)
                .hasMessageContaining(words)
                .hasMessageContaining(type.getName() + ".go(");
    }

    /** What no container of CDI has seen, the start of JAX-RS does. */
    @Test
    void mistake_ofAResourceThatIsNoBean_keepsItFromAnswering(@TempDir java.nio.file.Path folder) throws Exception {
        ServletContainer servlet = new ServletContainer(new ResourceConfig(Several.class));
        try (WebServer server = new WebServer(folder, Map.of("/*", servlet))) {
            assertThat(server.get("/several").statusCode()).isEqualTo(500);
        }
    }
}
