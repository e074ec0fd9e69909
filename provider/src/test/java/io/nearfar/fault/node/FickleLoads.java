package io.nearfar.fault.node;

import io.nearfar.ContextLoad;
import io.nearfar.EntryOptions;
import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Run;
import io.nearfar.fault.history.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Loads that fail, find nothing, or run when the call that brought them has long returned; those that bring something are written
 * down. Safe for use by several threads.
 */
final class FickleLoads {
    private final Caller caller;
    private final Caches caches;
    private final LongSupplier numbers;
    private final Queue<Loaded> all = new ConcurrentLinkedQueue<>();
    private final Queue<Operation> ended = new ConcurrentLinkedQueue<>();

    /** Creates what belongs to one caller; {@code numbers} are those of its values. */
    FickleLoads(Caller caller, Caches caches, LongSupplier numbers) {
        this.caller = caller;
        this.caches = caches;
        this.numbers = numbers;
    }

    /** What a load comes to. */
    enum Fate {
        VALUE,
        NOTHING,
        FAILURE
    }

    /** What a load throws that was to fail. */
    static final class LoadFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        /** Tells whether that is at the bottom of what a call has thrown. */
        static boolean is(Throwable thrown) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof LoadFailedException) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A load, and how many calls had found the far tier away when it began. */
    private record Loaded(Role role, long troubles, Operation operation) {}

    /** Returns a load that takes so long and comes to that, each time that it is called. */
    ContextLoad<Number> load(Role role, String key, Fate fate, long nanos, EntryOptions options) {
        return context -> {
            long began = System.nanoTime();
            long troubles = caches.troubles(role);
            Pace.rest(nanos);
            context.setOptions(options);
            if (fate == Fate.FAILURE) {
                throw new LoadFailedException();
            } else if (fate == Fate.NOTHING) {
                return null;
            }
            long value = numbers.getAsLong();
            Values written = Values.written(value);
            all.add(new Loaded(
                    role,
                    troubles,
                    Operation.of(caller, Kind.LOAD, role.key(key), written, Outcome.DONE, Run.of(began, began))));
            return caches.value(value);
        };
    }

    /** Whatever was loaded under that role until now is stored, or noted by the node for itself: nothing loads it again later. */
    void ended(Role role) {
        all.removeIf(each -> each.role == role && ended.add(known(each)));
    }

    /** What began before a call found the far tier away may have been kept by the node for itself. */
    private Operation known(Loaded loaded) {
        return loaded.troubles == caches.troubles(loaded.role) ? loaded.operation : loaded.operation.noted();
    }

    /**
     * Returns what was loaded since it was last asked for. Loads may be under way, or begin, when all calls have long returned: so
     * this is to be asked once more after the last read.
     */
    List<Operation> take() {
        List<Operation> taken = new ArrayList<>();
        for (Operation each = ended.poll(); each != null; each = ended.poll()) {
            taken.add(each);
        }
        for (Loaded each = all.poll(); each != null; each = all.poll()) {
            taken.add(known(each));
        }
        return taken;
    }
}
