package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.RemoteChange;
import io.nearfar.entry.RemoteChanges;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.ChangeMessage;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What other nodes do to the entries of one cache, decoded by the rules that hold for its entries. */
final class HeardChanges<K, V> implements RemoteChanges<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(HeardChanges.class);

    private final Audience audience;
    private final String cache;
    private final KeyFormat<K> keys;
    private final EntryReader<V> reader;
    private final Endings<K, V> endings;
    private final Consumer<KeyText> reads;
    private final ToLongFunction<KeyText> clock;
    private final BiConsumer<String, Version> outdated;

    /**
     * Creates it.
     *
     * @param reads reads the entry of a key, and has it told if it has ended
     * @param clock tells the most that the clock of a key's server can show now; 0 if it is not known
     */
    HeardChanges(
            Audience audience,
            String cache,
            KeyFormat<K> keys,
            EntryReader<V> reader,
            Endings<K, V> endings,
            Consumer<KeyText> reads,
            ToLongFunction<KeyText> clock) {
        this.reads = reads;
        this.clock = clock;
        this.outdated = (text, version) -> {};
        this.endings = endings;
        this.audience = audience;
        this.cache = cache;
        this.keys = keys;
        this.reader = reader;
    }

    private HeardChanges(HeardChanges<K, V> same, BiConsumer<String, Version> outdated) {
        this.reads = same.reads;
        this.clock = same.clock;
        this.outdated = outdated;
        this.endings = same.endings;
        this.audience = same.audience;
        this.cache = same.cache;
        this.keys = same.keys;
        this.reader = same.reader;
    }

    /**
     * Returns the same changes, of which {@code ends} is told before anybody else: what tells a near tier of them may come later,
     * and who has heard of a change is to read no older value.
     */
    HeardChanges<K, V> after(BiConsumer<String, Version> ends) {
        return new HeardChanges<>(this, ends);
    }

    @Override
    public void hear(boolean oldValues, boolean expired, Ear<K, V> ear) {
        audience.hear(
                cache,
                oldValues,
                expired,
                message -> ear.heard(message.size(), () -> change(message)),
                () -> ear.heard(0, () -> null));
    }

    @Override
    public void unhear() {
        audience.unhear(cache);
    }

    @Override
    public long latestStamp(K key) {
        return clock.applyAsLong(keys.text(key));
    }

    @Override
    public void awaitExpired(Executor readers) {
        audience.awaitExpired(cache, text -> readers.execute(() -> read(text)));
    }

    @Override
    public void forgoExpired() {
        audience.forgoExpired(cache);
    }

    /** Who reads what has ended has it told. */
    private void read(String text) {
        try {
            reads.accept(new KeyText(text, null));
        } catch (FarTierUnavailableException e) {
            LOG.debug("{}: an entry whose time is over is told by who reads it next", cache, e);
        }
    }

    @Override
    public void tellExpirations(Listener<K, V> listener) {
        endings.tellBy(listener);
    }

    private @Nullable RemoteChange<K, V> change(ChangeMessage message) {
        outdated.accept(message.text(), message.version());
        Envelope after = reader.envelope(message.after());
        Envelope before = reader.envelope(message.before());
        Value<V> value = value(after, message.text());
        RemoteChange.Kind kind = RemoteChange.Kind.valueOf(message.kind().name());
        if (value == null && hasValue(kind)) {
            return null;
        }
        K key = keys.key(new KeyText(message.text(), keyBytes(after == null ? before : after)));
        return key == null
                ? null
                : new RemoteChange<>(
                        kind,
                        key,
                        value,
                        value(before, message.text()),
                        message.version().stamp());
    }

    private static boolean hasValue(RemoteChange.Kind kind) {
        return kind != RemoteChange.Kind.REMOVED && kind != RemoteChange.Kind.EXPIRED;
    }

    private static byte @Nullable [] keyBytes(@Nullable Envelope envelope) {
        return envelope == null ? null : envelope.keyBytes();
    }

    private @Nullable Value<V> value(@Nullable Envelope envelope, String text) {
        Entry<V> entry = reader.entry(envelope, text);
        return entry == null ? null : entry.value();
    }
}
