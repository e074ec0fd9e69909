package io.nearfar.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports for servers of a test: below those that systems give to outgoing connections, so that none of these takes a port
 * between its choice and the start of the server; and for test processes that run side by side never the same, since each
 * has every eighth.
 */
final class Ports {
    private static final int LOWEST = 10_000;
    private static final int PROCESSES = 8;
    private static final int OF_EACH = 1_500;
    private static final int BUS_OFFSET = 10_000;
    private static final int PROCESS = Integer.getInteger("test.process", 1) % PROCESSES;
    private static final Random RANDOM = new Random();

    private Ports() {}

    /** Returns one that is free, as is the one above it by the distance of a cluster's bus. */
    static int free() {
        while (true) {
            int port = LOWEST + PROCESSES * RANDOM.nextInt(OF_EACH) + PROCESS;
            if (isFree(port) && isFree(port + BUS_OFFSET)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
