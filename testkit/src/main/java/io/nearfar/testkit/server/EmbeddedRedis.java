package io.nearfar.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** The Redis that the embedded-redis library carries: one for the JVM, started when it is first needed, ended with it. */
final class EmbeddedRedis {
    private static final int ATTEMPTS = 3;

    private static @Nullable TestServer running;

    private EmbeddedRedis() {}

    /** Returns the one of this JVM. */
    static synchronized TestServer shared() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    /** A port that was free can be taken before the server has it. */
    private static TestServer start() {
        IllegalStateException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return start(freePort());
            } catch (IOException | RuntimeException e) {
                failure = unusable(e, failure);
            }
        }
        throw failure == null ? new IllegalStateException("No attempt was made") : failure;
    }

    private static TestServer start(int port) throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        server.start();
        return TestServer.at("redis://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns what a test is told whose server does not start. */
    static IllegalStateException unusable(Exception cause, @Nullable Exception before) {
        IllegalStateException failure = new IllegalStateException(
                "The embedded Redis does not start on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ": " + cause
                        + ". Name a Redis of your own: NearfarExtension.tiered().address(\"redis://localhost:6379\"),"
                        + " @NearfarTest(address = …), or test.nearfar.address as a JUnit parameter or system property;"
                        + " or test in mode NEAR, which needs no server",
                cause);
        if (before != null) {
            failure.addSuppressed(before);
        }
        return failure;
    }
}
