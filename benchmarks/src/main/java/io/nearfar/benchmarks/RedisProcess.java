package io.nearfar.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A real Redis on a free port of this machine that keeps nothing on disk; gone at the end, also of an interrupted run. */
final class RedisProcess implements AutoCloseable {
    private final RedisServer server;
    private final int port;
    private final Thread atExit = new Thread(this::stop, "redis-stop");

    private RedisProcess(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static RedisProcess start() throws IOException {
        int port = freePort();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        RedisProcess process = new RedisProcess(server, port);
        Runtime.getRuntime().addShutdownHook(process.atExit);
        return process;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }

    private void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("The Redis of the benchmarks on port " + port + " could not be stopped", e);
        }
    }
}
