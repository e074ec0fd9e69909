package io.nearfar.cdi.matrix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A Redis that answers, but does not do all it is told to, until this is closed. */
final class Refusing implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answers;

    private Refusing(Socket socket) throws IOException {
        this.socket = socket;
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Has the server of the settings refuse scripts, without which nothing is counted. */
    static Refusing scripts() throws IOException {
        URI address = URI.create(System.getProperty("nearfar.address"));
        Refusing refusing = new Refusing(new Socket(address.getHost(), address.getPort()));
        refusing.say("ACL SETUSER default -@scripting");
        return refusing;
    }

    /** Tells whether the server answers all the same. */
    boolean isThere() throws IOException {
        return say("PING").equals("+PONG");
    }

    private String say(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return answers.readLine();
    }

    @Override
    public void close() throws IOException {
        say("ACL SETUSER default +@scripting");
        socket.close();
    }
}
