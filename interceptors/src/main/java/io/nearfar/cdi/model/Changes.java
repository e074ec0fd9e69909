package io.nearfar.cdi.model;

import io.nearfar.NamedInvalidation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the changes of one transaction fire, each once. Safe for use by several threads. */
final class Changes {
    /** Of more than so many, those to come are kept coarsely, for the memory of the process. */
    static final int MOST = 100_000;

    private final Set<NamedInvalidation> fired = new LinkedHashSet<>();

    /** Adds what a change fires. */
    synchronized void add(Change change) {
        fired.addAll(fired.size() < MOST ? change.exactly() : change.coarsely());
    }

    /** Returns all of it, and forgets it. */
    synchronized List<NamedInvalidation> take() {
        List<NamedInvalidation> all = List.copyOf(fired);
        fired.clear();
        return all;
    }
}
