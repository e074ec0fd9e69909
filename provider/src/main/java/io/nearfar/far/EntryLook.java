package io.nearfar.far;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Value;
import io.nearfar.entry.codec.StoredForm;
import io.nearfar.entry.compression.ValueCompression;
import io.nearfar.far.EntryView.Limits;
import io.nearfar.far.EntryView.State;
import io.nearfar.far.EntryView.Unread;
import io.nearfar.far.EntryView.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at what lies under one key, as a read does, but says what it finds, and heals nothing. Used by one thread. */
final class EntryLook {
    private static final long NOT_THERE = -2;

    private final Calls calls;
    private final EntryReader<?> reader;
    private final ValueCompression compression;
    private final long longest;

    /** Creates one to which what is longer than {@code longest} bytes is no entry. */
    EntryLook(Calls calls, EntryReader<?> reader, long longest) {
        this.calls = calls;
        this.reader = reader;
        this.longest = longest;
        this.compression = reader.compression();
    }

    /** Returns what lies there now. */
    EntryView at(Spot spot) {
        List<Object> found = calls.read(spot.partition(), Session.MGET, spot.entry(), spot.meta())
                .reply();
        long ttl = Numbers.of(
                calls.read(spot.partition(), Session.PTTL, spot.entry()).reply(), 0);
        long now = Numbers.time(calls.read(spot.partition(), Session.TIME).reply());
        byte[] bytes = (byte[]) found.get(0);
        boolean tooLong = bytes != null && bytes.length > longest;
        Envelope envelope = bytes == null || tooLong ? null : Envelope.read(bytes);
        Meta meta = Meta.read((byte[]) found.get(1));
        Written written = envelope == null ? null : written(envelope);
        Verdict verdict = envelope == null
                ? new Verdict(bytes != null ? State.GARBAGE : ttl == NOT_THERE ? State.ABSENT : State.FOREIGN)
                : verdict(spot, envelope, Envelope.isAbsence(bytes), meta, now);
        boolean unusable = verdict.state == State.LIVE && written != null && written.unread() == Unread.DAMAGED;
        return new EntryView(
                spot.entry(),
                spot.partition(),
                unusable ? State.GARBAGE : verdict.state,
                verdict.detail,
                now,
                ttl,
                bytes == null ? 0 : bytes.length,
                written,
                meta == null ? null : new Limits(meta.clearedAt(), meta.tagStamp(), meta.tagFloor()),
                verdict.state == State.EXPIRED && bytes != null && meta != null && isKept(spot, bytes, meta, now));
    }

    /** Others lie there after their end only to be told to listeners. */
    private boolean isKept(Spot spot, byte[] bytes, Meta meta, long now) {
        Envelope kept = Envelope.read(Envelope.kept(bytes));
        if (kept == null || kept.placeholder()) {
            return false;
        }
        long stamp = kept.version().stamp();
        Attributes attributes = kept.attributes();
        long grace = TimeUnit.MILLISECONDS.toMicros(Math.max(0, attributes.graceMillis()));
        return stamp > meta.clearedAt()
                && kept.expires() > now - grace
                && (!attributes.isTagged()
                        || stamp > meta.tagStamp()
                        || byTags(spot, stamp, attributes.tags(), meta).state == State.LIVE);
    }

    private record Verdict(State state, String detail) {
        Verdict(State state) {
            this(state, "");
        }
    }

    private Verdict verdict(Spot spot, Envelope envelope, boolean absence, @Nullable Meta meta, long now) {
        long stamp = envelope.version().stamp();
        if (meta == null) {
            return new Verdict(State.WITHOUT_META);
        } else if (stamp <= meta.clearedAt()) {
            return new Verdict(State.CLEARED);
        } else if (envelope.expires() <= now) {
            return new Verdict(State.EXPIRED);
        } else if (envelope.placeholder()) {
            return new Verdict(absence ? State.NOTHING : State.LOADING);
        }
        Verdict verdict = envelope.attributes().isTagged() && stamp <= meta.tagStamp()
                ? byTags(spot, stamp, envelope.attributes().tags(), meta)
                : new Verdict(State.LIVE);
        boolean outOfReach = verdict.state == State.LIVE
                && !reader.isWithinReach(envelope, spot.key().text());
        return outOfReach ? new Verdict(State.OUT_OF_REACH) : verdict;
    }

    private Verdict byTags(Spot spot, long stamp, List<String> tags, Meta meta) {
        List<Object> words = new ArrayList<>(List.of(spot.tags(), ""));
        words.addAll(tags);
        TagTable table = TagTable.read(
                tags,
                calls.read(spot.partition(), Session.HMGET, words.toArray()).reply());
        if (stamp <= meta.tagFloor() || !table.reaches(meta.tagStamp()) || stamp <= table.floor()) {
            return new Verdict(State.TAGS_FORGOTTEN);
        }
        return tags.stream()
                .filter(tag -> !table.admits(stamp, List.of(tag)))
                .findFirst()
                .map(tag -> new Verdict(State.INVALIDATED, tag))
                .orElse(new Verdict(State.LIVE));
    }

    private Written written(Envelope envelope) {
        byte[] key = envelope.keyBytes();
        long near = envelope.attributes().nearMillis();
        byte[] plain = envelope.placeholder() ? null : plain(envelope);
        StoredForm form = plain == null ? null : StoredForm.of(plain);
        Value<?> value = plain == null ? null : reader.values().decode(plain);
        Object decoded = value == null ? null : value.get();
        return new Written(
                envelope.version().stamp(),
                envelope.version().nonce(),
                envelope.created(),
                envelope.expires() == Entry.NEVER ? null : envelope.expires(),
                envelope.attributes().tags(),
                near == Attributes.AS_CONFIGURED ? null : near,
                envelope.compression().name().toLowerCase(Locale.ROOT),
                key == null ? 0 : key.length,
                envelope.value().length,
                form == null ? "" : form.codec(),
                decoded != null ? decoded.getClass().getName() : form == null ? null : form.className(),
                decoded,
                form == null ? null : form.body(),
                plain != null || envelope.placeholder() ? null : unread(envelope));
    }

    private Unread unread(Envelope envelope) {
        if (!compression.isReadable(envelope.compression())) {
            return Unread.WITHOUT_LIBRARY;
        }
        boolean above = compression.isAboveLimit(envelope.compression(), envelope.value());
        return above ? Unread.ABOVE_LIMIT : Unread.DAMAGED;
    }

    private byte @Nullable [] plain(Envelope envelope) {
        return compression.isReadable(envelope.compression())
                ? compression.expand(envelope.compression(), envelope.value())
                : null;
    }
}
