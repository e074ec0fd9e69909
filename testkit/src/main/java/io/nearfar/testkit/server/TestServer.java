package io.nearfar.testkit.server;

import io.nearfar.testkit.wire.Frame;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Redis or Valkey server of a test. Immutable; for any number of threads. */
public final class TestServer {
    private static final int DEFAULT_PORT = 6379;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final Set<String> SCHEMES = Set.of("redis", "valkey");
    /** One page of the keys, without those that match; returns where the next page begins. */
    private static final String DELETE_PAGE = """
        local page = redis.call('scan', ARGV[1], 'match', ARGV[2], 'count', 1000)
        for _, key in ipairs(page[2]) do redis.call('unlink', key) end
        return page[1]
        """;

    private final URI address;

    private TestServer(URI address) {
        this.address = address;
    }

    /**
     * Returns the embedded server, which all tests of the process share; it is started when this is first called.
     *
     * @throws IllegalStateException if it does not start, as on a platform that the embedded-redis library has no Redis for;
     *     says what to do about it
     */
    public static TestServer embedded() {
        return EmbeddedRedis.shared();
    }

    /**
     * Returns the server at that address; nothing is connected yet.
     *
     * @param address {@code redis://host:port}, maybe with user, password and the number of a database:
     *     {@code redis://user:password@host:port/1}; one host, without TLS
     * @throws IllegalArgumentException if it is not such an address
     */
    public static TestServer at(String address) {
        URI uri = parsed(address);
        boolean isUsable = uri != null
                && SCHEMES.contains(String.valueOf(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawQuery() == null
                && uri.getPath().matches("|/\\d*");
        if (uri == null || !isUsable) {
            throw new IllegalArgumentException("Tests need the address of one server without TLS, such as"
                    + " redis://localhost:6379 or redis://:password@localhost:6379/1, and what is given is not one");
        }
        return new TestServer(uri);
    }

    private static @Nullable URI parsed(String address) {
        return address.isBlank() || address.contains(" ") ? null : URI.create(address);
    }

    /** Returns the server's own address, past all faults, as {@code nearfar.address} takes it; it may hold a password. */
    public String address() {
        return address.toString();
    }

    /** Returns the host. */
    public String host() {
        return address.getHost();
    }

    /** Returns the port. */
    public int port() {
        return address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
    }

    /** Returns the address with a port of this machine in the place of host and port. */
    public String addressAt(int port) {
        String user = address.getRawUserInfo() == null ? "" : address.getRawUserInfo() + "@";
        return address.getScheme() + "://" + user + "127.0.0.1:" + port + address.getRawPath();
    }

    /**
     * Sends one command, past all faults and past Nearfar, as another program would.
     *
     * @param words the command's name and its arguments, such as {@code "DBSIZE"}
     * @return the reply as text; of a null or a list only what the protocol begins with
     * @throws IllegalStateException with the server's text if it answers with an error
     * @throws UncheckedIOException if the server cannot be reached
     */
    public String call(String... words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String[] greeting : greetings()) {
                ask(socket, in, greeting);
            }
            return ask(socket, in, words);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The Redis of the tests at " + host() + ":" + port() + " cannot be asked", e);
        }
    }

    /** Returns the commands that a connection begins with. */
    private List<String[]> greetings() {
        List<String[]> greetings = new ArrayList<>();
        String user = address.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            String password = user.substring(colon + 1);
            greetings.add(
                    colon > 0
                            ? new String[] {"AUTH", user.substring(0, colon), password}
                            : new String[] {"AUTH", password});
        }
        if (address.getPath().length() > 1) {
            greetings.add(new String[] {"SELECT", address.getPath().substring(1)});
        }
        return greetings;
    }

    private static String ask(Socket socket, InputStream in, String[] words) throws IOException {
        socket.getOutputStream().write(Frame.command(words).bytes());
        Frame reply = Frame.read(in);
        if (reply == null) {
            throw new EOFException("The server has closed the connection");
        } else if (reply.isError()) {
            throw new IllegalStateException(words[0] + " was answered with an error: " + reply.single());
        }
        return reply.single();
    }

    /**
     * Deletes all keys with that text in them.
     *
     * @param text letters, digits and hyphens
     */
    public void deleteKeysWith(String text) {
        String cursor = "0";
        do {
            cursor = call("EVAL", DELETE_PAGE, "0", cursor, "*" + text + "*");
        } while (!cursor.equals("0"));
    }

    /** Returns where it is, without user and password. */
    @Override
    public String toString() {
        return host() + ":" + port();
    }
}
