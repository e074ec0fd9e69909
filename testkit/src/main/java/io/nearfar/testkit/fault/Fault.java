package io.nearfar.testkit.fault;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Something that is wrong between a node and its server, until it is closed:
 *
 * <pre>{@code
 * try (Fault outage = faults.outage()) {
 *     ...
 * }
 * }</pre>
 *
 * May be closed by any thread, and more than once.
 */
public final class Fault implements AutoCloseable {
    private final String what;
    private final Effect effect;
    private final Consumer<Fault> healing;
    private final AtomicLong effects = new AtomicLong();

    Fault(String what, Effect effect, Consumer<Fault> healing) {
        this.what = what;
        this.effect = effect;
        this.healing = healing;
    }

    Effect effect() {
        return effect;
    }

    /** Counts one more time that it has done something, and returns the argument if so. */
    boolean took(boolean yes) {
        effects.addAndGet(yes ? 1 : 0);
        return yes;
    }

    /**
     * Returns how often it has done something: delayed or held back a command, a reply or a message, turned a connection away,
     * answered a command with an error, lost a message. A test that asserts what a cache does under a fault should assert that
     * this is positive too, or it may have tested nothing.
     */
    public long effects() {
        return effects.get();
    }

    /** Heals it. What is on its way then arrives when it would have; what is lost stays lost. */
    @Override
    public void close() {
        healing.accept(this);
    }

    @Override
    public String toString() {
        return what;
    }
}
