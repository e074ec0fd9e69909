package io.nearfar.cdi.cache;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refusals of changes that came after methods that had succeeded. A method may have several changes, and to those around the refused
 * one its refusal looks like a failure of the method, after which they would change nothing. Holds no refusal that nobody else holds.
 */
final class RefusedChanges {
    private final Map<Throwable, Done> refusals = Collections.synchronizedMap(new WeakHashMap<>());

    /** What a method has returned, or its stage completed with. */
    record Done(@Nullable Object result) {}

    /** Notes the refusal of a change after a method that has returned {@code result}. */
    void add(Throwable refusal, @Nullable Object result) {
        refusals.put(refusal, new Done(result));
    }

    /** Returns what the method has come to whose change was refused so; null if that is no such refusal. */
    @Nullable
    Done find(Throwable thrown) {
        return refusals.get(thrown);
    }
}
