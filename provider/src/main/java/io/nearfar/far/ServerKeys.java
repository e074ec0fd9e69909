package io.nearfar.far;

import io.nearfar.far.Session.Node;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The names of one server's keys that match a pattern, page by page, by SCAN with MATCH. A name can come twice; a page can be
 * empty. Used by one thread.
 */
final class ServerKeys {
    private static final String START = "0";

    private final Calls calls;
    private final String pattern;
    private final int size;
    private Node node;
    private String cursor = START;
    private String next = START;

    /** Begins a walk; the server looks at about {@code size} of its keys for each page. */
    ServerKeys(Calls calls, Node node, String pattern, int size) {
        this.calls = calls;
        this.node = node;
        this.pattern = pattern;
        this.size = size;
    }

    /** Asks from now on by another way to the same server. */
    void askBy(Node other) {
        node = other;
    }

    /** Returns the page at which it stands, the same again if it is asked again. */
    List<String> page() {
        List<Object> reply = calls.read(node, Session.SCAN, cursor, "MATCH", pattern, "COUNT", size)
                .reply();
        next = text(reply.get(0));
        return ((List<?>) reply.get(1)).stream().map(ServerKeys::text).toList();
    }

    /** Goes on to the page that follows; returns false if there is none. */
    boolean turn() {
        cursor = next;
        return !cursor.equals(START);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
