package io.nearfar.far;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.entry.compression.Compressed;
import io.nearfar.entry.compression.ValueCompression;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Changes in the words of the scripts, and the scripts' replies in ours. */
final class Wording<V> {
    static final long LOCKED = -2;

    static final long UPLOAD_LOST = -3;

    /** What was met is to be read in pieces before it can be told, and nothing has changed. */
    static final long WITHHELD = -4;

    static final long WRITTEN = 1;

    private static final long LOST = 0;

    /** A hundred years: what lives longer is eternal, for the scripts count microseconds in 53 bits. */
    private static final long LONGEST_MILLIS = 100L * 365 * 24 * 3600 * 1000;

    private final EntryReader<V> reader;
    private final ValueCompression compression;
    private final Caution caution;
    private final long graceMillis;

    /** Creates one; {@code graceMillis} is for entries that say nothing of it themselves. */
    Wording(EntryReader<V> reader, ValueCompression compression, Caution caution, long graceMillis) {
        this.reader = reader;
        this.compression = compression;
        this.caution = caution;
        this.graceMillis = graceMillis;
    }

    /** Returns a condition as an argument. */
    static Object condition(Condition condition) {
        if (condition instanceof Condition.Is is) {
            return Spot.bytes(is.version());
        }
        if (condition instanceof Condition.Absent) {
            return "absent";
        }
        return condition instanceof Condition.Present ? "present" : "always";
    }

    /** Returns how a key is changed among many, as write_all.lua and remove_all.lua take it. */
    static byte[] how(Change<?> change, Body body) {
        byte[] condition = condition(change.condition()) instanceof byte[] version
                ? version
                : condition(change.condition()).toString().getBytes(StandardCharsets.US_ASCII);
        byte wanted = (byte) (change.wantMet() ? 1 : 0);
        if (change.isRemoval()) {
            return ByteBuffer.allocate(1 + condition.length)
                    .put(wanted)
                    .put(condition)
                    .array();
        }
        return ByteBuffer.allocate(3 * Long.BYTES + 1 + body.head().length + condition.length)
                .putLong(lifetime(change.lifetime().onCreate()))
                .putLong(lifetime(change.lifetime().onUpdate()))
                .putLong(change.since())
                .put(wanted)
                .put(body.head())
                .put(condition)
                .array();
    }

    /** Tells whether {@link #how} says the same of two changes, both writes or both removals. */
    static boolean isAlike(Change<?> one, Body oneBody, Change<?> other, Body otherBody) {
        return one.condition().equals(other.condition())
                && one.lifetime().equals(other.lifetime())
                && one.since() == other.since()
                && one.wantMet() == other.wantMet()
                && Arrays.equals(oneBody.head(), otherBody.head());
    }

    /** Returns a lifetime as an argument. */
    static long lifetime(long millis) {
        return millis > LONGEST_MILLIS ? Lifetime.ETERNAL : millis;
    }

    static String flag(boolean flag) {
        return flag ? "1" : "0";
    }

    /**
     * The client's parts of an entry, around the script's.
     *
     * @param head format and flags
     * @param tail the value's bytes behind their checksum, the attributes and the key's bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // only carried
    record Body(byte[] head, byte[] tail, int plain, int stored) {
        /** That of a removal. */
        static final Body NONE = new Body(new byte[0], new byte[0], 0, 0);
    }

    /** Returns a change's value as an entry with its attributes, compressed where that pays; its length is remembered. */
    Body body(Spot spot, Change<?> change) {
        Value<?> value = change.value();
        return value == null ? Body.NONE : body(spot, value, inGrace(change.attributes()));
    }

    private Attributes inGrace(Attributes attributes) {
        return attributes.inGrace(Math.min(LONGEST_MILLIS, attributes.graceOr(graceMillis)));
    }

    private Body body(Spot spot, Value<?> value, Attributes attributes) {
        byte[] key = spot.key().bytes();
        byte[] plain = value.bytes();
        Compressed stored = compression.compress(plain);
        byte[] tail = Envelope.tail(key, stored.method(), stored.bytes(), attributes);
        caution.met(tail.length);
        return new Body(Envelope.head(key, stored.method(), attributes), tail, plain.length, stored.bytes().length);
    }

    /** Counts the bytes of a change's value, once for each change. */
    void count(Body body) {
        if (body != Body.NONE) {
            reader.signals().wrote(body.plain, body.stored);
        }
    }

    /** Returns the reply to a change from a script's. */
    Reply<V> reply(Spot spot, Change<V> change, long nonce, Told told) {
        boolean applied = told.status() != LOST;
        reader.signals().sent(applied ? 1 : 0);
        Entry<V> met = met(spot, told);
        boolean existed = told.existed() && (met != null || told.met() == null);
        Version version = applied ? new Version(told.stamp(), nonce) : null;
        Entry<V> now = told.status() == WRITTEN ? now(change, version, told) : null;
        return new Reply<>(applied, existed, isMetWanted(change, applied) ? met : null, now, version);
    }

    private @Nullable Entry<V> met(Spot spot, Told told) {
        return reader.entry(reader.envelope(told.met()), spot.key().text());
    }

    private @Nullable Entry<V> now(Change<V> change, @Nullable Version version, Told told) {
        Value<V> value = change.value();
        return value == null || version == null
                ? null
                : Entry.of(value, version, told.created(), expires(told.expires()), change.attributes());
    }

    private static boolean isMetWanted(Change<?> change, boolean applied) {
        return change.wantMet() || (!applied && change.condition() instanceof Condition.Is);
    }

    static long expires(long micros) {
        return micros == 0 ? Entry.NEVER : micros;
    }

    /** Returns the version of an entry that is there and cannot be read here, if a change lost to one; else null. */
    @Nullable
    Version unreadable(Spot spot, Reply<V> reply, Told told) {
        byte[] met = told.met();
        return reply.applied() || met == null || met(spot, told) != null ? null : Envelope.version(met);
    }
}
