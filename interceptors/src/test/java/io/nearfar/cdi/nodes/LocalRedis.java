package io.nearfar.cdi.nodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis on a free port of this machine. */
public final class LocalRedis implements AutoCloseable {
    private final RedisServer server;
    private final int port;

    private LocalRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts one with these further settings. */
    public static LocalRedis start(String... settings) throws IOException {
        try {
            return start(freePort(), settings);
        } catch (IOException | RuntimeException portIsTakenMeanwhile) {
            return start(freePort(), settings);
        }
    }

    private static LocalRedis start(int port, String... settings) throws IOException {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"");
        for (String setting : settings) {
            builder.setting(setting);
        }
        RedisServer server = builder.build();
        server.start();
        return new LocalRedis(server, port);
    }

    /** Starts it again, at the same port and empty. */
    public void restart() throws IOException {
        server.start();
    }

    /** Returns the address as an application would configure it. */
    public String address() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns how often a command has been called since the start, also by scripts. */
    public long calls(String command) throws IOException {
        Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(told("INFO commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** Has the server do one thing, which is one line, and returns what it says. */
    public String told(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
