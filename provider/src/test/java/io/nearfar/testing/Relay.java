package io.nearfar.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a server on this machine; can hold back what the client sends, and cut connections. */
public final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private volatile boolean holding;

    public Relay(int target) {
        this.target = target;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    public String host() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Line line = new Line(door.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                lines.add(line);
                start(line::forth);
                start(line::back);
            } catch (IOException e) {
                return; // the relay is closed, or the server gone
            }
        }
    }

    /** Keeps what clients send from now on from the server. */
    public void hold() {
        holding = true;
    }

    /** Tells whether anything is being held. */
    public boolean holds() {
        return lines.stream().anyMatch(Line::holds);
    }

    /** Tells whether something is being held that has this text in it, and not just a ping or a beat. */
    public boolean holds(String text) {
        return lines.stream().anyMatch(line -> line.holds(text));
    }

    /** Breaks the clients' connections; the servers' sides stay open, with what is held for them. */
    public void cutClients() {
        lines.forEach(Line::cutClient);
    }

    /** Gives the server what was held, and lets everything pass again. */
    public void pass() {
        holding = false;
        lines.forEach(Line::deliver);
    }

    @Override
    public void close() {
        try {
            door.close();
            lines.forEach(Line::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Line {
        private final Socket client;
        private final Socket server;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();

        private Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void forth() {
            try {
                InputStream in = client.getInputStream();
                byte[] buffer = new byte[65_536];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    synchronized (held) {
                        held.write(buffer, 0, length);
                    }
                    if (!holding) {
                        deliver();
                    }
                }
            } catch (IOException e) {
                return; // cut
            }
        }

        private void back() {
            try {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[65_536];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    out.write(buffer, 0, length);
                }
                client.close();
            } catch (IOException e) {
                return; // cut
            }
        }

        private void deliver() {
            synchronized (held) {
                try {
                    held.writeTo(server.getOutputStream());
                    held.reset();
                } catch (IOException e) {
                    held.reset(); // the server has gone
                }
            }
        }

        private boolean holds() {
            synchronized (held) {
                return held.size() > 0;
            }
        }

        private boolean holds(String text) {
            synchronized (held) {
                return held.toString(StandardCharsets.ISO_8859_1).contains(text);
            }
        }

        private void cutClient() {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void close() {
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
