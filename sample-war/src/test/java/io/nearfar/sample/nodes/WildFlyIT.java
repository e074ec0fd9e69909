package io.nearfar.sample.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.sample.nodes.Node.Reply;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sample on WildFly: Weld set up in another way, RESTEasy, Hibernate. Run by the profile servers alone. */
class WildFlyIT extends HttpChecks {
    private static WildFlyServer server;

    @BeforeAll
    static void start() throws Exception {
        server = WildFlyServer.start(Map.of(
                "gazetteer.node", "node-1",
                "gazetteer.cities", "data/some-cities.tsv.gz",
                "nearfar.deadline", "9s",
                "nearfar.limit.deadline", "9s",
                "nearfar.near.lease", "30s",
                "nearfar.http.trusted-proxies", "127.0.0.1",
                "RateLimited/searches/window", "10m",
                "RateLimited/sign-ins/window", "10m",
                "nearfar.address", System.getProperty("sample.redis")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** Two visitors of the one node there is. */
    @BeforeEach
    void visit() throws Exception {
        one = Node.at(server.url());
        two = Node.at(server.url());
    }

    @Test
    void city_askedAgain_comesFromNear() {
        String path = "cities/1850147";
        Reply database = one.get(path);
        assertThat(database.status()).isEqualTo(200);
        assertThat(near(two, path).data()).isEqualTo(database.data());
    }

    /** At the address by which the server is managed. */
    @Test
    void readiness_tellsHowTheFarTierIs() throws Exception {
        one.get("countries");
        tellsHowTheFarTierIs(Node.at(server.managementUrl()));
    }

    /** Not even that there are no metrics of MicroProfile, which this server does not have. */
    @Test
    void log_hasNoComplaintOfNearfar() throws Exception {
        one.get("countries");
        assertThat(Files.readString(WildFlyServer.log())).contains("NF0601").doesNotContain("NF080");
    }
}
