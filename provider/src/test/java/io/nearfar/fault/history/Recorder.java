package io.nearfar.fault.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one caller has done. A read like the one before it of the same key makes that one longer. Safe for use by several threads:
 * what a load does is done by a thread of the cache, perhaps while its caller goes on.
 */
public final class Recorder {
    private final List<Operation> done = new ArrayList<>();
    private final Map<String, Operation> reads = new HashMap<>();

    public synchronized void add(Operation operation) {
        if (operation.kind() != Kind.GET) {
            done.add(operation);
            return;
        }
        Operation before = reads.get(operation.key());
        if (before != null && before.isLike(operation)) {
            reads.put(operation.key(), before.and(operation));
        } else if (reads.put(operation.key(), operation) != null) {
            done.add(before);
        }
    }

    /** Returns everything so far, in no order. */
    public synchronized List<Operation> operations() {
        List<Operation> all = new ArrayList<>(done);
        all.addAll(reads.values());
        return all;
    }
}
