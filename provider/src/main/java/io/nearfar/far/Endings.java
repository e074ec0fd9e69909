package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.ExpirationSource;
import io.nearfar.invalidation.Wire;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of entries of one cache that were met after their end, each once over all nodes: which of many that meet one tells it, a
 * script decides where the entry lies. Where nobody listens for that, the server drops an entry at its end, and nobody is asked.
 */
final class Endings<K, V> {
    private static final int CHUNK_KEYS = 128;

    private final Calls calls;
    private final Names names;
    private final KeyFormat<K> keys;
    private final EntryReader<V> reader;
    private final Telling telling;
    private volatile ExpirationSource.Listener<K, V> listener = (key, entry, byCaller) -> {};

    Endings(Calls calls, Names names, KeyFormat<K> keys, EntryReader<V> reader, Telling telling) {
        this.calls = calls;
        this.names = names;
        this.keys = keys;
        this.reader = reader;
        this.telling = telling;
    }

    /**
     * An entry that was read after its end.
     *
     * @param entry its name in the far tier
     * @param text that of its key
     * @param envelope what was read
     */
    record Over(int partition, String entry, String text, Envelope envelope) {
        /** Whether somebody may have to be told; of what an invalidation has ended, or was told, nobody is. */
        private boolean isUntold() {
            long told = Math.max(envelope.version().stamp(), envelope.created());
            return !envelope.placeholder() && envelope.expires() > told;
        }
    }

    /** Has listeners of this node told by {@code told}, in the thread of whoever meets an entry. */
    void tellBy(ExpirationSource.Listener<K, V> told) {
        listener = told;
    }

    /** Tells whether an entry that was read after its end has to be {@link #met}. */
    boolean concern(Over over) {
        return over.isUntold() && telling.awaitsExpired();
    }

    /** Has these told that nobody was told of. If a server does not answer, whoever reads such an entry next does it. */
    void met(List<Over> all) {
        List<Over> sorted = new ArrayList<>();
        all.stream().filter(this::concern).forEach(sorted::add);
        if (sorted.isEmpty()) {
            return;
        }
        sorted.sort(Comparator.comparingInt(Over::partition));
        try {
            boolean mixed = calls.serveAllPartitions();
            for (int from = 0, to; from < sorted.size(); from = to) {
                to = from + 1;
                while (to < sorted.size() && to - from < CHUNK_KEYS && (mixed || areTogether(sorted, from, to))) {
                    to++;
                }
                tell(sorted.subList(from, to));
            }
        } catch (FarTierUnavailableException e) {
            return; // it is not told now, and not marked as told
        }
    }

    private static boolean areTogether(List<Over> all, int one, int other) {
        return all.get(one).partition() == all.get(other).partition();
    }

    private void tell(List<Over> chunk) {
        byte[] word = telling.word();
        if (word == null) {
            return;
        }
        List<Object> reply = calls.run(Script.EXPIRE, chunk.get(0).partition(), arguments(chunk, word));
        for (int i = 0; i < chunk.size(); i++) {
            Over over = chunk.get(i);
            if (Numbers.of(reply, 1 + i) == 1) {
                tell(new KeyText(over.text, over.envelope.keyBytes()), over.envelope);
            }
        }
    }

    private Arguments arguments(List<Over> chunk, byte[] word) {
        Arguments arguments = new Arguments().audience(word).add(names.wire());
        for (int from = 0, to; from < chunk.size(); from = to) {
            to = from + 1;
            while (to < chunk.size() && areTogether(chunk, from, to)) {
                to++;
            }
            int partition = chunk.get(from).partition();
            arguments.key(names.meta(partition)).key(names.tags(partition));
            arguments.add(names.channel(partition)).add(to - from);
            chunk.subList(from, to)
                    .forEach(over -> arguments
                            .key(over.entry)
                            .add(Spot.bytes(over.envelope.version()))
                            .add(Wire.text(over.text)));
        }
        return arguments;
    }

    /** Tells listeners of this node of what a script has met and told, if that part of its reply is there. */
    void told(KeyText key, List<Object> parts, int part) {
        if (parts.size() > part) {
            told(key, parts.get(part));
        }
    }

    /** Likewise of an envelope as a script tells it. */
    void told(KeyText key, @Nullable Object part) {
        Envelope envelope = reader.envelope((byte[]) part);
        if (envelope != null) {
            tell(key, envelope);
        }
    }

    private void tell(KeyText text, Envelope envelope) {
        Entry<V> entry = reader.entry(envelope, text.text());
        K key = entry == null ? null : keys.key(text);
        if (entry != null && key != null) {
            tell(key, entry);
        }
    }

    /** Tells listeners of this node of an entry that a call of it has ended. */
    void tell(K key, Entry<V> entry) {
        listener.expired(key, entry, true);
    }
}
