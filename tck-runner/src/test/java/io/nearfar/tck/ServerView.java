package io.nearfar.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Redis says of itself to somebody who is not Nearfar. */
public final class ServerView implements AutoCloseable {
    private final Socket socket;
    private final Writer out;
    private final BufferedReader in;

    public ServerView(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.US_ASCII);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** How often the server has run a command, as its own statistics say. */
    public long calls(String command) {
        Matcher calls = Pattern.compile("cmdstat_" + Pattern.quote(command) + ":calls=(\\d+)")
                .matcher(info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** How many keys lie below a prefix. */
    public long keysBelow(String prefix) {
        String count = line("EVAL", "return #redis.call('KEYS', ARGV[1])", "0", "*" + prefix + "*");
        return Long.parseLong(count.substring(1));
    }

    private String info(String section) {
        try {
            int left = Integer.parseInt(line("INFO", section).substring(1));
            char[] text = new char[left];
            for (int got = 0; got < left; ) {
                got += in.read(text, got, left - got);
            }
            in.readLine();
            return new String(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the server did not answer to INFO", e);
        }
    }

    private String line(String... words) {
        try {
            out.write("*" + words.length + "\r\n");
            for (String word : words) {
                out.write("$" + word.length() + "\r\n" + word + "\r\n");
            }
            out.flush();
            String line = in.readLine();
            if (line == null || line.startsWith("-")) {
                throw new IllegalStateException("the server answered " + line + " to " + String.join(" ", words));
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("the server did not answer to " + words[0], e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
