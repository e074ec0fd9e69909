package io.nearfar.cdi.matrix.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The application with the resources of the matrix, wherever it runs. */
public final class Site {
    private static final long LONG = 30_000_000_000L;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    /** Knows one by the address of its first page, with a slash at its end. */
    public Site(String base) {
        this.base = base;
    }

    /** Something that is to come. */
    interface Coming {
        boolean isThere() throws IOException, InterruptedException;
    }

    /** Asks for a path with headers, names and values in turn. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** What GET answers with status 200, or else the status. */
    String body(String path, String... headers) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path, headers);
        return response.statusCode() == 200 ? response.body() : String.valueOf(response.statusCode());
    }

    /** Has something be done, which answers nothing. */
    void post(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .POST(BodyPublishers.noBody())
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IllegalStateException("POST " + path + " was answered by " + status);
        }
    }

    /** Returns how many of so many requests are not refused for their number. */
    int passes(int times, String path, String... headers) throws IOException, InterruptedException {
        int passed = 0;
        for (int i = 0; i < times; i++) {
            int status = get(path, headers).statusCode();
            if (status != 200 && status != 429) {
                throw new IllegalStateException("GET " + path + " was answered by " + status);
            }
            passed += status == 200 ? 1 : 0;
        }
        return passed;
    }

    /** Tells whether two requests have one answer. */
    boolean keeps(String path, String... headers) throws IOException, InterruptedException {
        return body(path, headers).equals(body(path, headers));
    }

    /** Waits until responses are kept and requests counted. A starved node begins with an outage, and joins when it has reached its Redis. */
    public void awaitServer() throws IOException, InterruptedException {
        if (!comes(() -> body("pages/reached").equals("UP"))
                || !comes(() -> !header(get("orders/reach"), "RateLimit").isEmpty())) {
            throw new IllegalStateException("The server was not reached for half a minute");
        }
    }

    /** Tells whether something comes to be within half a minute. */
    static boolean comes(Coming what) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONG;
        while (!what.isThere()) {
            if (System.nanoTime() > end) {
                return false;
            }
        }
        return true;
    }

    static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
