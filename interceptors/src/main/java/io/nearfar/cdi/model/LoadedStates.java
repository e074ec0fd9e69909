package io.nearfar.cdi.model;

import io.nearfar.NamedInvalidation;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What objects would have fired when they were loaded or last written: each object by itself, whatever its equals says, and for no
 * longer than somebody else holds it. Safe for use by several threads.
 */
final class LoadedStates {
    private final Map<Identity, Set<NamedInvalidation>> states = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    private static final class Identity extends WeakReference<Object> {
        private final int hash;

        Identity(Object object, @Nullable ReferenceQueue<Object> queue) {
            super(object, queue);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object object = get();
            return object != null && other instanceof Identity identity && identity.refersTo(object);
        }
    }

    /** Notes what an object fires as it is now, in place of what was noted before. */
    void put(Object entity, Set<NamedInvalidation> state) {
        clean();
        states.put(new Identity(entity, gone), state);
    }

    /** Returns what was noted last, maybe nothing. */
    Set<NamedInvalidation> of(Object entity) {
        return states.getOrDefault(new Identity(entity, null), Set.of());
    }

    /** Returns of how many objects something is noted. */
    int size() {
        clean();
        return states.size();
    }

    private void clean() {
        for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
            states.remove(each);
        }
    }
}
