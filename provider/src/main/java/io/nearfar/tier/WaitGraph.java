package io.nearfar.tier;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which thread waits for what, and who has it: so that no thread begins a wait that leads, by whatever detour, back to
 * itself. There is one for the process, because a detour may lead over several caches and managers. It is asked only by
 * threads that are about to wait, and holds nothing once they have gone on. Safe for use by several threads.
 *
 * <p>It is enough to look when a wait begins: what is waited for may change hands, but whoever gets it is not waiting
 * then, and is looked at when it next begins to.
 */
public final class WaitGraph {
    /** The graph of this process. */
    public static final WaitGraph PROCESS = new WaitGraph();

    /** What a thread can wait for. */
    @FunctionalInterface
    public interface Awaited {
        /** Returns the thread that has it now; null if none has or none is known. */
        @Nullable
        Thread owner();
    }

    private final Map<Thread, Awaited> waits = new HashMap<>(); // guarded by this

    /**
     * Notes that this thread is about to wait; it then calls {@link #end} in any case.
     *
     * @return false if the wait would never end; nothing is noted then
     */
    public synchronized boolean begin(Awaited awaited) {
        if (leadsTo(Thread.currentThread(), awaited)) {
            return false;
        }
        waits.put(Thread.currentThread(), awaited);
        return true;
    }

    /** A walk as long as there are waits has come back to where it was, to a cycle of others that are just leaving it. */
    private boolean leadsTo(Thread me, Awaited first) {
        Awaited awaited = first;
        for (int steps = 0; awaited != null && steps <= waits.size(); steps++) {
            Thread owner = awaited.owner();
            if (owner == me) {
                return true;
            }
            awaited = owner == null ? null : waits.get(owner);
        }
        return false;
    }

    /** This thread waits no longer. */
    public synchronized void end() {
        waits.remove(Thread.currentThread());
    }

    /** Returns how many threads wait; 0 after quiet. */
    public synchronized int size() {
        return waits.size();
    }
}
