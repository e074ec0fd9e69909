package io.nearfar.far;

import io.nearfar.far.Session.Node;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of keys that match a pattern, page by page, over every server that accepts writes. A name can come twice; a page
 * can be empty.
 */
final class KeyPages {
    private final Calls calls;
    private final String pattern;
    private final int size;
    private final Iterator<Node> nodes;
    private @Nullable ServerKeys server;

    /** Begins a walk; the server looks at about {@code size} of its keys for each page. */
    KeyPages(Calls calls, String pattern, int size) {
        this.calls = calls;
        this.pattern = pattern;
        this.size = size;
        this.nodes = calls.nodes().iterator();
        this.server = nextServer();
    }

    private @Nullable ServerKeys nextServer() {
        return nodes.hasNext() ? new ServerKeys(calls, nodes.next(), pattern, size) : null;
    }

    /** Returns the next page, or null at the end. */
    @Nullable
    List<String> next() {
        ServerKeys at = server;
        if (at == null) {
            return null;
        }
        List<String> page = at.page();
        if (!at.turn()) {
            server = nextServer();
        }
        return page;
    }
}
