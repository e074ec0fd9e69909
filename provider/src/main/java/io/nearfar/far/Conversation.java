package io.nearfar.far;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A few questions to one server, over a plain socket, before the link is made: slow, but it tells what is wrong. */
final class Conversation implements AutoCloseable {
    private static final int LONGEST_REPLY = 1 << 20;

    private final Socket socket;
    private final InputStream in;

    private Conversation(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects; each step, and each answer, may take {@code millis}.
     *
     * @param plain not connected yet; closed if this fails, and whoever closes it meanwhile ends the conversation
     * @param tls encrypts, if not null
     * @throws IOException if that fails; a {@link javax.net.ssl.SSLException} if encryption was the matter
     */
    static Conversation open(
            Socket plain, String host, int port, int millis, @Nullable SSLContext tls, boolean verifyHost)
            throws IOException {
        try {
            plain.connect(new InetSocketAddress(host, port), millis);
            plain.setSoTimeout(millis);
            return new Conversation(tls == null ? plain : encrypt(plain, host, port, tls, verifyHost));
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket encrypt(Socket plain, String host, int port, SSLContext tls, boolean verifyHost)
            throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
        if (verifyHost) {
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            encrypted.setSSLParameters(parameters);
        }
        encrypted.startHandshake();
        return encrypted;
    }

    /**
     * Asks and returns the answer as text; an error begins with a minus, the parts of an array stand on lines.
     *
     * @throws StreamCorruptedException if what comes back is not Redis's protocol; its message is the beginning of it
     */
    String ask(String... words) throws IOException {
        ByteArrayOutputStream question = new ByteArrayOutputStream();
        question.write(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            question.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            question.write(bytes);
            question.write('\r');
            question.write('\n');
        }
        socket.getOutputStream().write(question.toByteArray());
        return answer();
    }

    private String answer() throws IOException {
        int kind = in.read();
        return switch (kind) {
            case -1 -> throw new EOFException("the connection was closed without an answer");
            case '-' -> "-" + line();
            case '+', ':' -> line();
            case '$' -> bulk(length());
            case '*' -> array(length());
            default -> throw new StreamCorruptedException(printable((char) kind + line()));
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String array(int length) throws IOException {
        StringJoiner parts = new StringJoiner("\n");
        for (int i = 0; i < length; i++) {
            parts.add(answer());
        }
        return parts.toString();
    }

    private int length() throws IOException {
        String digits = line();
        try {
            int length = Integer.parseInt(digits);
            if (length <= LONGEST_REPLY) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new StreamCorruptedException(printable(digits));
        }
        throw new StreamCorruptedException("a length of " + digits);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_REPLY; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.substring(0, Math.min(60, clean.length()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
