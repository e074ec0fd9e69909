package io.nearfar.far;

import io.nearfar.config.Namespaces;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.compression.ValueCompression;
import io.nearfar.key.KeyText;
import io.nearfar.observe.FarSignals;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what lies in the far tier into entries. Garbage, whatever its make, is no entry; it is counted, and logged the
 * first time.
 */
final class EntryReader<V> {
    private static final Logger LOG = LoggerFactory.getLogger(EntryReader.class);

    /** What lies beside the value: the envelope's head, the attributes, and keys that cannot be told from their text. */
    private static final long BESIDE_THE_VALUE = 1 << 20;

    private final String cache;
    private final ValueFormat<V> values;
    private final ValueCompression compression;
    private final long longest;
    private final LongAdder garbage;
    private final FarSignals signals;
    private final Namespaces namespaces;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** Creates the reader of one cache, whose values are so long at most; {@code garbage} counts for all of them. */
    EntryReader(String cache, ValueFormat<V> values, ValueCompression compression, long valueLimit, LongAdder garbage) {
        this(cache, values, compression, valueLimit, garbage, FarSignals.UNWATCHED, Namespaces.NONE);
    }

    /** Creates likewise one whose bytes are counted, and to which entries are none that lack the tags of these. */
    EntryReader(
            String cache,
            ValueFormat<V> values,
            ValueCompression compression,
            long valueLimit,
            LongAdder garbage,
            FarSignals signals,
            Namespaces namespaces) {
        this.signals = signals;
        this.namespaces = namespaces;
        this.cache = cache;
        this.values = values;
        this.compression = compression;
        this.longest = valueLimit + BESIDE_THE_VALUE;
        this.garbage = garbage;
    }

    /** Returns what counts the bytes of this cache. */
    FarSignals signals() {
        return signals;
    }

    /** Returns what makes values smaller here. */
    ValueCompression compression() {
        return compression;
    }

    /** Returns what decodes values. */
    ValueFormat<V> values() {
        return values;
    }

    /** Returns how many bytes an entry has at most; what is longer is none of ours and not worth the room. */
    long longest() {
        return longest;
    }

    /** Returns the envelope in these bytes, or null if there is none. */
    @Nullable
    Envelope envelope(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        Envelope envelope = bytes.length > longest ? null : Envelope.read(bytes);
        if (envelope == null) {
            countGarbage();
        }
        return envelope;
    }

    /**
     * Returns the entry in an envelope, or null if it is a placeholder, its value cannot be read here, or an invalidation of a
     * namespace would miss it, for a node has written it that has not declared that.
     *
     * @param text that of its key
     */
    @Nullable
    Entry<V> entry(@Nullable Envelope envelope, String text) {
        if (envelope == null || envelope.placeholder() || !isWithinReach(envelope, text)) {
            return null;
        }
        Value<V> value = value(envelope);
        return value == null
                ? null
                : Entry.of(value, envelope.version(), envelope.created(), envelope.expires(), envelope.attributes());
    }

    /** Tells whether an invalidation of a namespace would meet the entry in an envelope, under a key of that text. */
    boolean isWithinReach(Envelope envelope, String text) {
        return namespaces.isNone() || envelope.attributes().tags().containsAll(namespaces.tags(KeyText.readable(text)));
    }

    private @Nullable Value<V> value(Envelope envelope) {
        if (!compression.isReadable(envelope.compression())) {
            garbage.increment();
            return null;
        }
        byte[] whole = compression.expand(envelope.compression(), envelope.value());
        if (whole == null) {
            countGarbage();
            return null;
        }
        signals.read(whole.length, envelope.value().length);
        return values.decode(whole);
    }

    private void countGarbage() {
        garbage.increment();
        if (complained.compareAndSet(false, true)) {
            LOG.warn(
                    "NF0304 {}: an entry of the far tier is damaged, cut short, longer than the value limit or of a newer"
                            + " format; such entries count as missing until they are written again. Further ones are counted only",
                    cache);
        }
    }
}
