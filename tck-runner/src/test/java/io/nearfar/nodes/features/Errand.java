package io.nearfar.nodes.features;

import java.io.Serializable;

/**
 * What a test has another JVM do: a lambda, which travels there with what it has captured, and whose answer travels back.
 *
 * @param <R> of the answer, which is serializable or null
 */
@FunctionalInterface
interface Errand<R> extends Serializable {
    R run(Workplace place) throws Exception;

    /** An errand without an answer. */
    @FunctionalInterface
    interface Deed extends Serializable {
        void run(Workplace place) throws Exception;
    }
}
