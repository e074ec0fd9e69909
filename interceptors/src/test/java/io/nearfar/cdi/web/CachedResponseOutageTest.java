package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.testing.ErrorLines;
import io.nearfar.cdi.web.response.ResponseHook;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Responses are sent whatever becomes of the cache; the resource is no bean here, and needs not be one. */
@Timeout(120)
class CachedResponseOutageTest {
    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @AfterEach
    void clear() {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    private static WebServer server(Path folder) throws Exception {
        return new WebServer(
                folder,
                Map.of("/*", new ServletContainer(new ResourceConfig().register(new Towns()))),
                new ResponseHook());
    }

    @Test
    void serverThatIsGone_leavesTheMethodToAnswer(@TempDir Path folder) throws Exception {
        LocalRedis redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "gone-" + UUID.randomUUID());
        try (WebServer server = server(folder)) {
            assertThat(server.get("/towns/plain/21").body()).isEqualTo("plain21 ann");
            redis.close();
            for (int id = 22; id < 25; id++) {
                assertThat(server.get("/towns/plain/" + id).body()).isEqualTo("plain" + id + " ann");
                assertThat(server.get("/towns/plain/" + id).statusCode()).isEqualTo(200);
            }
            assertThat(server.get("/towns/later/22").body()).isEqualTo("later-22");
        }
    }

    @Test
    void cacheThatCannotBeOpened_leavesTheMethodToAnswer_andIsToldOnce(@TempDir Path folder) throws Exception {
        System.setProperty("nearfar.cache.towns.ttl", "weekly");
        try (WebServer server = server(folder)) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = server.get("/towns/plain/31");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("plain31 ann");
            }
            assertThat(Towns.calls("plain31")).isEqualTo(3);
        }
        assertThat(lines.text().lines().filter(line -> line.contains("NF0801")))
                .singleElement()
                .asString()
                .contains("responses of io.nearfar.cdi.web.Towns.plain(int)");
    }
}
