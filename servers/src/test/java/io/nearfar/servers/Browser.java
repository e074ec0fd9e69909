package io.nearfar.servers;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a client has of its own: cookies, and a password perhaps. */
final class Browser {
    private final Map<String, String> cookies = new TreeMap<>();
    private String login;

    /** Sends this name and password with each request. */
    Browser as(String user, String password) {
        login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    void show(HttpURLConnection connection) {
        if (login != null) {
            connection.setRequestProperty("Authorization", "Basic " + login);
        }
        if (!cookies.isEmpty()) {
            List<String> all = new ArrayList<>();
            cookies.forEach((name, value) -> all.add(name + "=" + value));
            connection.setRequestProperty("Cookie", String.join("; ", all));
        }
    }

    void keep(HttpURLConnection connection) {
        for (String field : connection.getHeaderFields().getOrDefault("Set-Cookie", List.of())) {
            String[] cookie = field.split(";")[0].split("=", 2);
            cookies.put(cookie[0], cookie[1]);
        }
    }
}
