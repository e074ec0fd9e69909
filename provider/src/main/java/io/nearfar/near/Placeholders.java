package io.nearfar.near;

import io.nearfar.entry.Entry;
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
 * load has found nothing, its placeholder may stay to say so; of these there are only so many. Where it has failed, it may stay
 * for a moment to say that nobody is to load.
 */
final class Placeholders<K> {
    /**
     * One of them; {@code tags} end the knowledge that there is nothing, and are null where that is not what it says;
     * {@code resting} where the load has failed.
     */
    private record Placeholder(
            Version version, long until, @Nullable List<String> tags, boolean resting) {
        Placeholder(Version version, long until, @Nullable List<String> tags) {
            this(version, until, tags, false);
        }

        boolean stands(Version other, long now) {
            return now < until && version.equals(other);
        }

        boolean isOfALoad(Version other, long now) {
            return tags == null && !resting && stands(other, now);
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

    /** Grants the right to load, or names who has it, or tells that there is nothing, or that what is kept answers. */
    <V> Lease<V> ask(K key, long now, long millis, @Nullable Entry<V> kept) {
        Placeholder held = placeholders.get(key);
        Lease<V> answer = held == null || held.until() <= now ? null : answer(held, now, kept);
        if (answer != null) {
            return answer;
        }
        Placeholder granted = new Placeholder(stamps.next(), after(now, millis), null);
        placeholders.put(key, granted);
        return new Lease.Granted<>(granted.version(), kept);
    }

    private <V> @Nullable Lease<V> answer(Placeholder held, long now, @Nullable Entry<V> kept) {
        if (held.resting()) {
            return kept == null
                    ? null
                    : new Lease.Resting<>(kept, held.version(), stamps.next().stamp());
        } else if (held.tags() == null) {
            return new Lease.Held<>(held.version(), 1 + (held.until() - now) / 1000);
        }
        boolean known = held.tags().isEmpty() || tagStamps.admits(held.version().stamp(), held.tags());
        return known ? new Lease.Absent<>(held.version(), stamps.next().stamp()) : null;
    }

    /**
     * Lets the placeholder of a load that has failed say for so long that nobody is to load, if something is kept that answers;
     * else it goes. Returns whether it says so.
     */
    boolean rest(K key, Version version, long now, long millis, boolean kept) {
        boolean[] rests = {false};
        placeholders.computeIfPresent(key, (k, held) -> {
            if (!held.isOfALoad(version, now)) {
                return held;
            }
            rests[0] = kept;
            return kept ? new Placeholder(version, after(now, millis), null, true) : null;
        });
        return rests[0];
    }

    /**
     * Lets the placeholder say that there is nothing, unless that is said of too many keys already: then it goes. Returns false
     * if it is gone.
     */
    boolean rememberAbsence(K key, Version version, long now, long millis, List<String> tags) {
        boolean[] stood = {false};
        placeholders.computeIfPresent(key, (k, held) -> {
            if (!held.isOfALoad(version, now)) {
                return held;
            }
            stood[0] = true;
            return placeholders.mappingCount() > mostAbsences
                    ? null
                    : new Placeholder(version, after(now, millis), List.copyOf(tags));
        });
        return stood[0];
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

    /** Takes the placeholder away; returns false if it is gone. */
    boolean release(K key, Version version) {
        boolean[] stood = {false};
        placeholders.computeIfPresent(key, (k, held) -> {
            stood[0] = held.version().equals(version);
            return stood[0] ? null : held;
        });
        return stood[0];
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
