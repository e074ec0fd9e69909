package io.nearfar.sample.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** This machine's own address and its ports. */
public final class Loopback {
    /** Its address. */
    public static final String HOST = "127.0.0.1";

    private Loopback() {}

    /** A port that was free a moment ago. */
    public static int anyPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The wanted port of a host if it is free, else any that is. */
    static int port(String host, int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, wanted));
            return wanted;
        } catch (IOException taken) {
            return anyPort();
        }
    }
}
