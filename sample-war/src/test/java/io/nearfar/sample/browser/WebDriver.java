package io.nearfar.sample.browser;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One session of the W3C WebDriver protocol. */
final class WebDriver {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String driver;
    private String session = "";

    WebDriver(String driver) {
        this.driver = driver;
    }

    /** Whether the driver answers yet. */
    boolean ready() {
        try {
            return send("GET", "/status", BodyPublishers.noBody())
                    .asJsonObject()
                    .getBoolean("ready");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    void begin(JsonObject capabilities) {
        session = "/session/"
                + send("POST", "/session", body(capabilities)).asJsonObject().getString("sessionId");
    }

    JsonValue post(String command, JsonObject parameters) {
        return send("POST", session + command, body(parameters));
    }

    void end() {
        send("DELETE", session, BodyPublishers.noBody());
    }

    private static BodyPublisher body(JsonObject object) {
        return BodyPublishers.ofString(object.toString());
    }

    private JsonValue send(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(driver + path))
                .timeout(LIMIT)
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new IllegalStateException(method + " " + path + " failed: " + response.body());
            }
            return value(response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the browser for " + path, interrupted);
        }
    }

    private static JsonValue value(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject().get("value");
        }
    }
}
