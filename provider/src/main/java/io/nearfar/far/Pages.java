package io.nearfar.far;

import io.nearfar.far.Session.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a cache's entries, page by page, by SCAN with MATCH over every server that accepts writes. A name can come
 * twice; a page can be empty.
 */
final class Pages {
    private static final String START = "0";

    private final Calls calls;
    private final Names names;
    private final String pattern;
    private final int size;
    private final Iterator<Node> nodes;
    private @Nullable Node node;
    private String cursor = START;

    /** Begins a walk; the server looks at about {@code size} of its keys for each page. */
    Pages(Calls calls, Names names, int size) {
        this(calls, names, "", size);
    }

    /** Begins a walk over the names in whose keys' texts {@code literal} stands. */
    Pages(Calls calls, Names names, String literal, int size) {
        this.calls = calls;
        this.names = names;
        this.pattern = names.pattern(literal);
        this.size = size;
        this.nodes = calls.nodes().iterator();
        this.node = nextNode();
    }

    private @Nullable Node nextNode() {
        return nodes.hasNext() ? nodes.next() : null;
    }

    /** Returns the next page, or null at the end. */
    @Nullable
    List<Name> next() {
        Node at = node;
        if (at == null) {
            return null;
        }
        List<Object> reply = calls.read(at, Session.SCAN, cursor, "MATCH", pattern, "COUNT", size)
                .reply();
        cursor = text(reply.get(0));
        if (cursor.equals(START)) {
            node = nextNode();
        }
        return page((List<?>) reply.get(1));
    }

    /** Goes on with the next server. */
    void skip() {
        cursor = START;
        node = nextNode();
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

    /** An entry's name, and the text of its key in it. */
    record Name(String entry, String text, int partition) {}
}
