package io.nearfar.sample.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The matrix of annotations on Payara Micro; and, when that is done with its Redis, what the platform is told without one. */
@TestMethodOrder(OrderAnnotation.class)
class MatrixIT extends MatrixChecks {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static MatrixServer server;

    @BeforeAll
    static void start() throws Exception {
        server = MatrixServer.start();
        look(server.address());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** An outage of Redis must not take every node out of service, nor start any of them anew. */
    @Test
    @Order(Integer.MAX_VALUE)
    void withoutItsRedis_theServerStaysReady_andSaysThatItIsDegraded() {
        assertThat(nearfar())
                .isNotEmpty()
                .allSatisfy(data -> assertThat(told(data, "degraded")).isEqualTo("false"));
        server.loseRedis();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(nearfar()).isNotEmpty().allSatisfy(data -> {
                    assertThat(told(data, "degraded")).isEqualTo("true");
                    assertThat(told(data, "state")).isEqualTo("down");
                }));
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        assertThat(get("health/live").body()).doesNotContain("nearfar");
    }

    /** Returns what the checks of both applications say, which are up. */
    private static List<JsonObject> nearfar() {
        HttpResponse<String> ready = get("health/ready");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
        try (JsonReader reader = Json.createReader(new StringReader(ready.body()))) {
            return reader.readObject().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                    .filter(check -> check.getString("name").equals("nearfar"))
                    .peek(check -> assertThat(check.getString("status")).isEqualTo("UP"))
                    .map(check -> check.getJsonObject("data"))
                    .toList();
        }
    }

    /** Servers write what is no text as text, or as what it is. */
    private static String told(JsonObject data, String name) {
        return data.get(name).toString().replace("\"", "");
    }

    private static HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .timeout(SOON)
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofString())
                .join();
    }
}
