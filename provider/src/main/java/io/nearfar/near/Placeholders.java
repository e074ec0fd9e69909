package io.nearfar.near;

import io.nearfar.entry.Lease;
import io.nearfar.entry.Version;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders of the loads that are under way in a {@link LocalStore}. They stand beside the entries, so that they
 * take no room and are never evicted; whoever changes an entry voids the placeholder of its key in the same step.
 */
final class Placeholders<K> {
    private record Placeholder(Version version, long until) {
        boolean stands(Version other, long now) {
            return now < until && version.equals(other);
        }
    }

    private final ConcurrentHashMap<K, Placeholder> placeholders = new ConcurrentHashMap<>();
    private final Stamps stamps;

    Placeholders(Stamps stamps) {
        this.stamps = stamps;
    }

    /** Grants the right to load, or names who has it. */
    <V> Lease<V> ask(K key, long now, long millis) {
        Placeholder held = placeholders.get(key);
        if (held != null && now < held.until()) {
            return new Lease.Held<>(held.version(), 1 + (held.until() - now) / 1000);
        }
        Placeholder granted = new Placeholder(stamps.next(), after(now, millis));
        placeholders.put(key, granted);
        return new Lease.Granted<>(granted.version());
    }

    /** Tells whether the placeholder of that version is there; once gone it never comes back. */
    boolean isHeld(K key, Version version) {
        Placeholder held = placeholders.get(key);
        return held != null && held.version().equals(version);
    }

    /** Tells whether the placeholder of that version still stands. */
    boolean stands(K key, Version version, long now) {
        Placeholder held = placeholders.get(key);
        return held != null && held.stands(version, now);
    }

    boolean renew(K key, Version version, long now, long millis) {
        @Nullable
        Placeholder renewed = placeholders.computeIfPresent(
                key, (k, held) -> held.stands(version, now) ? new Placeholder(version, after(now, millis)) : held);
        return renewed != null && renewed.stands(version, now);
    }

    void release(K key, Version version) {
        placeholders.computeIfPresent(key, (k, held) -> held.version().equals(version) ? null : held);
    }

    /** Takes the placeholder away, if there is one. */
    void voidFor(K key) {
        if (!placeholders.isEmpty()) {
            placeholders.remove(key);
        }
    }

    void voidAll() {
        placeholders.clear();
    }

    void voidAll(Predicate<K> concerned) {
        placeholders.keySet().removeIf(concerned);
    }

    /** Forgets those whose time is over. */
    void purge(long now) {
        placeholders.values().removeIf(held -> held.until() <= now);
    }

    /** Returns how many stand; 0 after quiet. */
    int size() {
        return placeholders.size();
    }

    private static long after(long now, long millis) {
        return now + TimeUnit.MILLISECONDS.toMicros(millis);
    }
}
