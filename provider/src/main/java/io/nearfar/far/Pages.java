package io.nearfar.far;

import io.nearfar.far.Session.Node;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a cache's entries, page by page, over every server that accepts writes. A name can come twice; a page can be
 * empty.
 */
final class Pages {
    private final Calls calls;
    private final Names names;
    private final int size;
    private final Iterator<Node> nodes;
    private @Nullable ServerPages server;

    /** Begins a walk; the server looks at about {@code size} of its keys for each page. */
    Pages(Calls calls, Names names, int size) {
        this.calls = calls;
        this.names = names;
        this.size = size;
        this.nodes = calls.nodes().iterator();
        this.server = nextServer();
    }

    private @Nullable ServerPages nextServer() {
        return nodes.hasNext() ? new ServerPages(calls, names, nodes.next(), "", size) : null;
    }

    /** Returns the next page, or null at the end. */
    @Nullable
    List<Name> next() {
        ServerPages at = server;
        if (at == null) {
            return null;
        }
        List<Name> page = at.page();
        if (!at.turn()) {
            server = nextServer();
        }
        return page;
    }

    /** An entry's name, and the text of its key in it. */
    record Name(String entry, String text, int partition) {}
}
