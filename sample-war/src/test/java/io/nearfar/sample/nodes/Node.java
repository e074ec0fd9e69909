package io.nearfar.sample.nodes;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A node as a visitor meets it, with the visitor's cookies. */
final class Node {
    private final HttpClient client;
    private final String address;

    private Node(HttpClient client, String address) {
        this.client = client;
        this.address = address;
    }

    /** A new visitor of the node at an address. */
    static Node at(URL address) {
        return new Node(
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build(), local(address));
    }

    /** The same visitor, gone to another node of this machine. */
    Node movedTo(URL other) {
        return new Node(client, local(other));
    }

    /** The server calls itself by the machine's name; its own address serves here. */
    private static String local(URL address) {
        return "http://127.0.0.1:" + address.getPort() + "/";
    }

    /** The address of the first page. */
    String address() {
        return address;
    }

    /** What GET answers. */
    Reply get(String path) {
        return send("GET", path, null, null);
    }

    /** What a request with a JSON body answers. */
    Reply send(String method, String path, JsonObject body) {
        return send(method, path, null, body);
    }

    /** The same by a person who signs each request, as scripts do. */
    Reply sendAs(String person, String method, String path, @Nullable JsonObject body) {
        return send(method, path, person, body);
    }

    /** The same as a proxy asks for a visitor at an address. */
    Reply sendFor(String visitor, String method, String path, @Nullable JsonObject body) {
        return send(request(method, path, body).header("X-Forwarded-For", visitor), method + " " + path);
    }

    /** What GET answers a person, or with null a visitor who has not signed in, at an address beside the application's own. */
    Reply look(@Nullable String person, String path) {
        return send(signed(HttpRequest.newBuilder(URI.create(address + path)), person), "GET " + path);
    }

    /** What GET answers a visitor who has an answer with that tag already. */
    Reply getUnless(String tag, String path) {
        return send(request("GET", path, null).header("If-None-Match", tag), "GET " + path);
    }

    /** What GET answers that names a type of the body that it does not have, as many clients do. */
    Reply getTyped(String path) {
        return send(request("GET", path, null).header("Content-Type", "application/json"), "GET " + path);
    }

    private HttpRequest.Builder request(String method, String path, @Nullable JsonObject body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "api/" + path));
        return body == null
                ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString()));
    }

    private Reply send(String method, String path, @Nullable String person, @Nullable JsonObject body) {
        return send(signed(request(method, path, body), person), method + " " + path);
    }

    /** The password of everybody is their name. */
    private static HttpRequest.Builder signed(HttpRequest.Builder request, @Nullable String person) {
        if (person == null) {
            return request;
        }
        String secret = Base64.getEncoder().encodeToString((person + ":" + person).getBytes(StandardCharsets.UTF_8));
        return request.header("Authorization", "Basic " + secret);
    }

    private Reply send(HttpRequest.Builder request, String shown) {
        try {
            return new Reply(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(shown, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(shown + " was interrupted", interrupted);
        }
    }

    /** What a node answered. */
    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        /** near, far or database, by the header. */
        String origin() {
            return response.headers().firstValue("X-Cache-Origin").orElse("none");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject();
            }
        }

        /** The answer itself. */
        JsonValue data() {
            return json().get("data");
        }
    }
}
