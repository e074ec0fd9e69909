package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.peer.Operation;
import io.nearfar.benchmarks.peer.Values;

/** One operation on one kind of values, by the method that measures it. */
record NearCase(Operation operation, String method, Values values) {
    String label() {
        return operation.label() + (values == Values.OBJECT ? ", object" : "");
    }
}
