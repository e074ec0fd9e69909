package io.nearfar.sample.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on this machine, in memory only, on a free port. */
public final class RedisServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    private static final String PONG = "+PONG";

    private final Child child;
    private final int port;

    private RedisServer(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Starts one that keeps its program and its log in a folder, and waits until it answers. */
    public static RedisServer start(Path folder) throws IOException, InterruptedException {
        String program =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().getPath();
        int port = Loopback.anyPort();
        List<String> command = List.of(
                program,
                "--port",
                String.valueOf(port),
                "--bind",
                Loopback.HOST,
                "--save",
                "",
                "--dir",
                folder.toString());
        Child child = Child.start("Redis", folder.resolve("redis.log"), Map.of(), command);
        RedisServer server = new RedisServer(child, port);
        if (!Waiting.until(START, child::running, server::answers)) {
            String report = child.report();
            child.close();
            throw new IllegalStateException(report);
        }
        return server;
    }

    /** The address to give to the nodes. */
    public String address() {
        return "redis://" + Loopback.HOST + ":" + port;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream reply = socket.getInputStream();
            return PONG.equals(new String(reply.readNBytes(PONG.length()), StandardCharsets.US_ASCII));
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
