package io.nearfar.jcache;

import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.tier.Storing;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The moment in which a loaded value is about to be stored: its lifetime is asked for then, and the key is held from then
 * until the listeners have been told, so that they hear of the load before they hear of what follows it. The loader
 * itself runs without the key. A thread that holds the key may be waiting for this very load; so the key is waited for
 * only a little, and gone without if need be.
 */
final class StoreTurn<K, V> implements Storing<V>, LoadContext, AutoCloseable {
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

    private final Desk<K, V> desk;
    private final K key;
    private final boolean mayWait;
    private KeyLocks.@Nullable Hold hold;
    private @Nullable Entry<V> before;
    private boolean unmodified;
    private @Nullable Entry<V> replaced;
    private boolean lasts;
    private EntryOptions options = EntryOptions.NONE;
    private @Nullable Value<V> loaded;
    private @Nullable EntryTerms terms;

    private StoreTurn(Desk<K, V> desk, K key, boolean mayWait) {
        this.desk = desk;
        this.key = key;
        this.mayWait = mayWait;
    }

    /** Returns the turn of a load whose caller waits; to be closed by the thread in which it is asked. */
    static <K, V> StoreTurn<K, V> inCaller(Desk<K, V> desk, K key) {
        return new StoreTurn<>(desk, key, true);
    }

    /** Returns the turn of a load for which no thread waits: it never holds the key. */
    static <K, V> StoreTurn<K, V> inPassing(Desk<K, V> desk, K key) {
        return new StoreTurn<>(desk, key, false);
    }

    /** Returns the key that is loaded. */
    K key() {
        return key;
    }

    @Override
    public void setOptions(EntryOptions options) {
        this.options = Objects.requireNonNull(options, "The options of a load are null");
        this.terms = null;
    }

    @Override
    public void begins(@Nullable Entry<V> replacing) {
        this.before = replacing;
    }

    @Override
    public <T> @Nullable T previous(Class<T> type) {
        return before == null ? null : type.cast(before.get());
    }

    @Override
    public void notModified() {
        if (before == null) {
            LoadContext.super.notModified();
        }
        unmodified = true;
        terms = null;
    }

    /** Notes what the load came to, null if it found nothing, and returns it: the value of before if the load has said so. */
    @Nullable
    Value<V> loaded(@Nullable Value<V> value) {
        this.loaded = before != null && unmodified ? before.value() : value;
        this.terms = null;
        return loaded;
    }

    @Override
    public Lifetime lifetime(@Nullable Entry<V> standing) {
        if (mayWait && hold == null && desk.isSerialised()) {
            hold = desk.locks().tryHold(key, LONGEST_WAIT);
        }
        replaced = standing;
        Lifetime lifetime = terms().expiry().forWrite(standing != null);
        lasts = (standing == null ? lifetime.onCreate() : lifetime.onUpdate()) != Lifetime.NONE;
        return lifetime;
    }

    @Override
    public Lifetime renewed(Entry<V> ending) {
        Lifetime lifetime = Storing.super.renewed(ending);
        replaced = ending;
        return lifetime;
    }

    /** A life that the load has set for its result is the longest, too, for which it can say that there is none. */
    @Override
    public long absenceMillis() {
        long millis = desk.opened().settings().loading().negativeMillis();
        Duration own = options.timeToLive();
        return own == null || own.compareTo(Duration.ofMillis(millis)) >= 0 ? millis : own.toMillis();
    }

    @Override
    public Attributes attributes() {
        return before != null && unmodified && options == EntryOptions.NONE
                ? before.attributes()
                : terms().attributes();
    }

    /** Not before they are needed: a load that is granted to another, or finds nothing, stores nothing. */
    private EntryTerms terms() {
        EntryTerms known = terms;
        if (known == null) {
            known = loaded == null ? desk.termsOfNothing(key, options) : desk.terms(key, loaded, options);
            terms = known;
        }
        return known;
    }

    /** Returns the entry that the load replaces, or null. */
    @Nullable
    Entry<V> replaced() {
        return replaced;
    }

    /** Tells whether what was stored was ended by an invalidation of one of its tags that came while it was loaded. */
    boolean isOutdated(Reply<V> stored) {
        return lasts && stored.now() == null;
    }

    @Override
    public void close() {
        if (hold != null) {
            hold.close();
        }
    }
}
