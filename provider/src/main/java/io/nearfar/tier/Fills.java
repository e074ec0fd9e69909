package io.nearfar.tier;

import io.nearfar.entry.Change;
import io.nearfar.entry.Entry;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import io.nearfar.near.Fill;
import io.nearfar.near.NearTier;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Registers what is about to be asked of the far tier, and settles it with what came back, for one key or many. */
final class Fills<K, V> {
    private final NearTier<K, V> near;
    private final KeyFormat<K> keys;
    private final ToIntFunction<String> partitionOfText;

    Fills(NearTier<K, V> near, KeyFormat<K> keys, ToIntFunction<String> partitionOfText) {
        this.near = near;
        this.keys = keys;
        this.partitionOfText = partitionOfText;
    }

    Fill<K> begin(K key) {
        KeyText text = keys.text(key);
        return near.begin(key, text.text(), text.bytes() == null, partitionOfText.applyAsInt(text.text()));
    }

    /** Returns the partition of a key. */
    int partition(K key) {
        return partitionOfText.applyAsInt(keys.text(key).text());
    }

    /** Settles a write: by its version if the far tier applied it, as unknown if it threw or was only noted here. */
    void settle(Fill<K> fill, @Nullable Outcome<V> outcome) {
        Reply<V> reply = outcome == null ? null : outcome.reply();
        Version version = reply == null ? null : reply.version();
        if (reply == null || outcome == null || (reply.applied() && version == null)) {
            near.completeUnknown(fill);
        } else if (version != null) {
            near.complete(fill, version, reply.now());
        } else if (!outcome.far() || (reply.existed() && reply.met() == null)) {
            near.abandon(fill);
        } else {
            near.refused(fill, reply.met());
        }
    }

    /** Settles a read: only what the far tier says is news to the near tier. */
    private void settle(Fill<K> fill, Answer<V> answer) {
        if (answer.isFar()) {
            near.complete(fill, answer.entry());
        } else {
            near.abandon(fill);
        }
    }

    /** Reads one key. A read that throws has told nobody anything, and changes nothing near. */
    @Nullable
    Entry<V> reading(K key, Supplier<Answer<V>> read) {
        Fill<K> fill = begin(key);
        try {
            Answer<V> answer = read.get();
            settle(fill, answer);
            return answer.entry();
        } catch (Throwable e) {
            near.abandon(fill);
            throw e;
        }
    }

    /** Reads one key without a thread that waits. */
    CompletableFuture<@Nullable Entry<V>> readingLater(K key, Supplier<CompletableFuture<Answer<V>>> read) {
        Fill<K> fill = begin(key);
        return asked(fill, read).handle((answer, failure) -> {
            if (failure != null) {
                near.abandon(fill);
                throw new CompletionException(NeedsThreadException.cause(failure));
            }
            settleOrAbandon(fill, answer);
            return answer.entry();
        });
    }

    private void settleOrAbandon(Fill<K> fill, Answer<V> answer) {
        try {
            settle(fill, answer);
        } catch (Throwable e) {
            near.abandon(fill);
            throw e;
        }
    }

    /** Writes one key without a thread that waits; what needs one has changed nothing yet. */
    CompletableFuture<Reply<V>> writingLater(K key, Supplier<CompletableFuture<Outcome<V>>> write) {
        Fill<K> fill = begin(key);
        return asked(fill, write).handle((outcome, failure) -> {
            if (failure == null) {
                settle(fill, outcome);
                return outcome.reply();
            } else if (NeedsThreadException.is(failure)) {
                near.abandon(fill);
            } else {
                settle(fill, (Outcome<V>) null);
            }
            throw new CompletionException(NeedsThreadException.cause(failure));
        });
    }

    private <T> CompletableFuture<T> asked(Fill<K> fill, Supplier<CompletableFuture<T>> question) {
        try {
            return question.get();
        } catch (Throwable e) {
            near.abandon(fill); // nothing was sent
            throw e;
        }
    }

    /** Reads the keys that {@code found} lacks, adds them to it and returns it. */
    Map<K, Entry<V>> reading(
            Collection<? extends K> wanted, Map<K, Entry<V>> found, Function<Collection<K>, Map<K, Answer<V>>> read) {
        Map<K, Fill<K>> fills = new LinkedHashMap<>();
        Map<K, Answer<V>> answers;
        try {
            for (K key : wanted) {
                if (!found.containsKey(key) && !fills.containsKey(key)) {
                    fills.put(key, begin(key));
                }
            }
            answers = fills.isEmpty() ? Map.of() : read.apply(fills.keySet());
        } catch (Throwable e) {
            fills.values().forEach(near::abandon);
            throw e;
        }
        fills.forEach((key, fill) -> settle(fill, answers.getOrDefault(key, Answer.far(null))));
        found.putAll(Answer.entries(answers));
        return found;
    }

    Map<K, Reply<V>> writing(
            Map<? extends K, Change<V>> changes, Function<Map<? extends K, Change<V>>, Map<K, Outcome<V>>> write) {
        Map<K, Fill<K>> fills = new HashMap<>();
        Map<K, Outcome<V>> outcomes = new HashMap<>();
        try {
            for (K key : changes.keySet()) {
                fills.put(key, begin(key));
            }
            outcomes.putAll(write.apply(changes));
        } finally {
            fills.forEach((key, fill) -> settle(fill, outcomes.get(key)));
        }
        Map<K, Reply<V>> replies = new HashMap<>();
        outcomes.forEach((key, outcome) -> replies.put(key, outcome.reply()));
        return replies;
    }
}
