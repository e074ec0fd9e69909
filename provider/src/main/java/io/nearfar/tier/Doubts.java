package io.nearfar.tier;

import io.nearfar.entry.Version;
import io.nearfar.near.Doubt;
import io.nearfar.near.Kept;
import io.nearfar.near.NearTier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Finds out what the events at the entries of one cache mean for its near tier. An event tells of a key and not of a write,
 * and a node's own writes have events like anybody's. So what is in doubt waits a moment, in which the message of a
 * write that is one of ours has come and further events of the key have joined in; then what is still kept near is compared
 * with what the far tier holds, by the version alone. Most keys are kept nowhere near, and cost a look into a map.
 */
final class Doubts<K> {
    /** A doubt waits for this long at least, and for twice as long at most. */
    static final long PAUSE_MILLIS = 10;

    /** Most keys that wait; beyond, what their partitions keep near goes unexamined. */
    static final int MOST = 10_000;

    private final NearTier<K, ?> near;
    private final Function<Collection<K>, Map<K, Version>> versions;
    private final ToIntFunction<String> partitionOfText;
    private final Consumer<Runnable> afterPause;
    private Map<String, Doubt> fresh = new HashMap<>();
    private Map<String, Doubt> older = new HashMap<>();
    private boolean settling;

    /**
     * Creates one.
     *
     * @param versions asks the far tier of which writes the entries of these keys are; leaves out what it does not tell
     * @param afterPause runs its task once, {@link #PAUSE_MILLIS} later, where the far tier may be asked
     */
    Doubts(
            NearTier<K, ?> near,
            Function<Collection<K>, Map<K, Version>> versions,
            ToIntFunction<String> partitionOfText,
            Consumer<Runnable> afterPause) {
        this.near = near;
        this.versions = versions;
        this.partitionOfText = partitionOfText;
        this.afterPause = afterPause;
    }

    /** Something happened to the entry of the key with that text. */
    void changed(String text) {
        Doubt doubt = near.doubt(text);
        if (doubt == null) {
            return;
        }
        Waiting place = add(text, doubt);
        if (place == Waiting.FIRST) {
            afterPause.accept(this::settle);
        } else if (place == Waiting.NOWHERE) {
            near.beginEpoch(partitionOfText.applyAsInt(text));
        }
    }

    private enum Waiting {
        FIRST,
        LATER,
        NOWHERE
    }

    /**
     * A later doubt of a key takes an earlier one's place, unless that has waited for so long that it is next: with a write
     * in every pause, the fill of the last one would always be under way when the doubts are settled.
     */
    private synchronized Waiting add(String text, Doubt doubt) {
        if (fresh.size() + older.size() >= MOST && !fresh.containsKey(text)) {
            return Waiting.NOWHERE;
        }
        boolean first = !settling;
        settling = true;
        fresh.put(text, doubt);
        return first ? Waiting.FIRST : Waiting.LATER;
    }

    /** Returns the doubts that have waited for long enough. */
    private synchronized List<Doubt> turn() {
        List<Doubt> due = List.copyOf(older.values());
        older = fresh;
        fresh = new HashMap<>();
        return due;
    }

    /** The next pause begins when the far tier has answered: one that is slow would else be asked by ever more threads. */
    private void settle() {
        try {
            compare(turn());
        } finally {
            if (goesOn()) {
                afterPause.accept(this::settle);
            }
        }
    }

    private synchronized boolean goesOn() {
        settling = !fresh.isEmpty() || !older.isEmpty();
        return settling;
    }

    /** What the far tier does not tell counts as gone: nobody knows what happened to it. */
    private void compare(List<Doubt> due) {
        Map<K, Kept<K>> kept = new HashMap<>();
        for (Doubt doubt : due) {
            Kept<K> found = near.examine(doubt);
            if (found != null) {
                kept.put(found.key(), found);
            }
        }
        if (kept.isEmpty()) {
            return;
        }
        Map<K, Version> far = versions.apply(kept.keySet());
        kept.values().stream()
                .filter(each -> !each.version().equals(far.get(each.key())))
                .forEach(near::disown);
    }
}
