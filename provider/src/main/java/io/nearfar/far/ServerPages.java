package io.nearfar.far;

import io.nearfar.far.Pages.Name;
import io.nearfar.far.Session.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of a cache's entries on one server, page by page, by SCAN with MATCH. A name can come twice; a page can be empty.
 * Used by one thread.
 */
final class ServerPages {
    private static final String START = "0";

    private final Calls calls;
    private final Names names;
    private final String pattern;
    private final int size;
    private Node node;
    private String cursor = START;
    private String next = START;

    /**
     * Begins a walk over the names in whose keys' texts {@code literal} stands; the server looks at about {@code size} of its
     * keys for each page.
     */
    ServerPages(Calls calls, Names names, Node node, String literal, int size) {
        this.calls = calls;
        this.names = names;
        this.node = node;
        this.pattern = names.pattern(literal);
        this.size = size;
    }

    /** Asks from now on by another way to the same server. */
    void askBy(Node other) {
        node = other;
    }

    /** Returns the page at which it stands, the same again if it is asked again. */
    List<Name> page() {
        List<Object> reply = calls.read(node, Session.SCAN, cursor, "MATCH", pattern, "COUNT", size)
                .reply();
        next = text(reply.get(0));
        return page((List<?>) reply.get(1));
    }

    /** Goes on to the page that follows; returns false if there is none. */
    boolean turn() {
        cursor = next;
        return !cursor.equals(START);
    }

    private List<Name> page(List<?> found) {
        List<Name> page = new ArrayList<>(found.size());
        for (Object each : found) {
            String name = text(each);
            String text = names.text(name);
            if (text != null) {
                page.add(new Name(name, text, names.partition(text)));
            }
        }
        return page;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
