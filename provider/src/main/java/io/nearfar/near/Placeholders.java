package io.nearfar.near;

import io.nearfar.entry.Lease;
import io.nearfar.entry.Version;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders of the loads that are under way in a {@link LocalStore}. They stand beside the entries, so that they
 * take no room and are never evicted; whoever changes an entry voids the placeholder of its key in the same step. Where a
 * load has found nothing, its placeholder may stay to say so; of these there are only so many.
 */
final class Placeholders<K> {
    /** One of them; {@code tags} end the knowledge that there is nothing, and are null as long as the load is under way. */
    private record Placeholder(
            Version version, long until, @Nullable List<String> tags) {
        boolean stands(Version other, long now) {
            return now < until && version.equals(other);
        }

        boolean isOfALoad(Version other, long now) {
            return tags == null && stands(other, now);
        }
    }

    private final ConcurrentHashMap<K, Placeholder> placeholders = new ConcurrentHashMap<>();
    private final Stamps stamps;
    private final TagStamps tagStamps;
    private final long mostAbsences;

    Placeholders(Stamps stamps, TagStamps tagStamps, long mostAbsences) {
        this.stamps = stamps;
        this.tagStamps = tagStamps;
        this.mostAbsences = mostAbsences;
    }

    /** Grants the right to load, or names who has it, or tells that there is nothing. */
    <V> Lease<V> ask(K key, long now, long millis) {
        Placeholder held = placeholders.get(key);
        if (held != null && now < held.until()) {
            if (held.tags() == null) {
                return new Lease.Held<>(held.version(), 1 + (held.until() - now) / 1000);
            } else if (held.tags().isEmpty() || tagStamps.admits(held.version().stamp(), held.tags())) {
                return new Lease.Absent<>(held.version(), stamps.next().stamp());
            }
        }
        Placeholder granted = new Placeholder(stamps.next(), after(now, millis), null);
        placeholders.put(key, granted);
        return new Lease.Granted<>(granted.version());
    }

    /** Lets the placeholder say that there is nothing, unless that is said of too many keys already: then it goes. */
    void rememberAbsence(K key, Version version, long now, long millis, List<String> tags) {
        placeholders.computeIfPresent(key, (k, held) -> {
            if (!held.isOfALoad(version, now)) {
                return held;
            }
            return placeholders.mappingCount() > mostAbsences
                    ? null
                    : new Placeholder(version, after(now, millis), List.copyOf(tags));
        });
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
                key,
                (k, held) -> held.isOfALoad(version, now) ? new Placeholder(version, after(now, millis), null) : held);
        return renewed != null && renewed.isOfALoad(version, now);
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

    /** Returns how many stand; 0 after quiet, but for those that say that there is nothing. */
    int size() {
        return placeholders.size();
    }

    private static long after(long now, long millis) {
        return now + TimeUnit.MILLISECONDS.toMicros(millis);
    }
}
