package io.nearfar.sample.nodes;

import io.nearfar.sample.launch.Folder;
import io.nearfar.sample.launch.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The matrix of annotations on WildFly. Run by the profile servers alone. */
class MatrixOnWildFlyIT extends MatrixChecks {
    private static Folder folder;
    private static RedisServer redis;
    private static WildFlyServer server;

    @BeforeAll
    static void start() throws Exception {
        folder = new Folder();
        redis = RedisServer.start(folder.make("redis"));
        server = WildFlyServer.start(
                "wildfly-matrix",
                Map.of("cdi", Wars.of("io.nearfar.cdi.matrix"), "web", Wars.of("io.nearfar.cdi.matrix.web")),
                PATHS,
                Map.of(
                        "nearfar.deadline", "9s",
                        "nearfar.limit.deadline", "9s",
                        "nearfar.connect-timeout", "5s",
                        "nearfar.http.trusted-proxies", "127.0.0.1",
                        "nearfar.address", redis.address()));
        look(server.url().toString());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        redis.close();
        folder.close();
    }
}
