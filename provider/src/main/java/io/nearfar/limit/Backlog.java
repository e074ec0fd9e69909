package io.nearfar.limit;

import io.nearfar.Quota;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Quotas that wait to be asked about in the background, in the order in which they came, each with what waits for the answer.
 * Bounded, by the length of keys too, which strangers choose. Safe for use by several threads; one takes out.
 *
 * @param <T> what waits for an answer
 */
final class Backlog<T> {
    /** What an item takes beside its key, in characters, about. */
    private static final int CHARACTERS = 100;

    private final Queue<Item<T>> items = new ConcurrentLinkedQueue<>();
    private final AtomicLong room;

    /** A quota, and what waits for an answer about it. */
    record Item<T>(Quota quota, T waiting) {
        private long characters() {
            return CHARACTERS + quota.key().length();
        }
    }

    /** Creates an empty one for so many quotas with keys of a usual length, about. */
    Backlog(long maximum) {
        this.room = new AtomicLong(2 * CHARACTERS * maximum);
    }

    /** Adds a quota, or returns false if there is no room. */
    boolean add(Quota quota, T waiting) {
        Item<T> item = new Item<>(quota, waiting);
        if (room.addAndGet(-item.characters()) < 0) {
            room.addAndGet(item.characters());
            return false;
        }
        items.add(item);
        return true;
    }

    /**
     * Takes out some, one at most for each name.
     *
     * @param most how many
     * @param isDue tells of what waits whether it still does
     * @param onTwice is told of what waited for an answer that another one gets in its place
     */
    List<Item<T>> take(int most, Predicate<T> isDue, Consumer<T> onTwice) {
        Map<Name, Item<T>> taken = new LinkedHashMap<>();
        Item<T> item = items.poll();
        while (item != null) {
            room.addAndGet(item.characters());
            if (isDue.test(item.waiting)) {
                Item<T> before = taken.put(Name.of(item.quota), item);
                if (before != null) {
                    onTwice.accept(before.waiting);
                }
            }
            item = taken.size() < most ? items.poll() : null;
        }
        return List.copyOf(taken.values());
    }

    boolean isEmpty() {
        return items.isEmpty();
    }
}
