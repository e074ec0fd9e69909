package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.far.Endings.Over;
import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.far.TagLedger.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads of one cache: entry and meta in one MGET, but for large entries. */
final class Reads<V> {
    private static final int CHUNK_KEYS = 128;
    private static final int CHUNK_BYTES = 1 << 18;

    private final Calls calls;
    private final Names names;
    private final EntryReader<V> reader;
    private final Lookup lookup;
    private final TagLedger tags;
    private final Endings<?, V> endings;

    Reads(Calls calls, Names names, EntryReader<V> reader, Caution caution, Endings<?, V> endings) {
        this.endings = endings;
        this.calls = calls;
        this.names = names;
        this.reader = reader;
        this.lookup = new Lookup(calls, names, caution, reader.longest());
        this.tags = new TagLedger(calls, names);
    }

    /** Returns the live entry of a key, or null. */
    @Nullable
    Entry<V> read(Spot spot) {
        Lookup.Found found = lookup.find(spot.partition(), spot.entry());
        List<Object> reply = found.reply();
        Meta meta = Meta.read((byte[]) reply.get(1));
        Candidate candidate = candidate(spot.partition(), reader.envelope(lookup.met(reply.get(0))), meta);
        if (candidate != null && candidate.isOver()) {
            endings.met(List.of(over(spot, candidate)));
            return null;
        }
        return candidate == null || !tags.admits(candidate, found.until())
                ? null
                : reader.entry(candidate.envelope(), spot.key().text());
    }

    private static Over over(Spot spot, Candidate candidate) {
        return new Over(spot.partition(), spot.entry(), spot.key().text(), candidate.envelope());
    }

    /**
     * Likewise without a thread that waits; fails with {@link NeedsThreadException} where more is to be asked, for the meta is
     * missing, a tag was invalidated of which nothing is known here, the entry is large, or its end is to be told.
     */
    CompletableFuture<@Nullable Entry<V>> read(Spot spot, Awaiting awaiting) {
        return lookup.find(spot.partition(), spot.entry(), awaiting).thenApply(reply -> live(spot, reply));
    }

    private @Nullable Entry<V> live(Spot spot, List<Object> reply) {
        int partition = spot.partition();
        Envelope envelope = reader.envelope(lookup.met(reply.get(0)));
        Meta meta = Meta.read((byte[]) reply.get(1));
        if (envelope != null && (meta == null || !calls.knowsClock(partition))) {
            throw NeedsThreadException.INSTANCE;
        }
        Candidate candidate = candidate(partition, envelope, meta);
        if (candidate == null) {
            return null;
        } else if (candidate.isOver()) {
            if (endings.concern(over(spot, candidate))) {
                throw NeedsThreadException.INSTANCE;
            }
            return null;
        }
        return switch (tags.verdict(candidate)) {
            case LIVE -> reader.entry(candidate.envelope(), spot.key().text());
            case DEAD -> null;
            case UNKNOWN -> throw NeedsThreadException.INSTANCE;
        };
    }

    /**
     * Returns an envelope with its meta if it is above the last clear, else null; whether its tags are is not asked, and it may be
     * over.
     */
    private @Nullable Candidate candidate(int partition, @Nullable Envelope envelope, @Nullable Meta meta) {
        if (envelope != null && meta == null) {
            heal(partition);
        }
        return envelope == null || meta == null || envelope.version().stamp() <= meta.clearedAt()
                ? null
                : new Candidate(partition, envelope, meta, isOver(partition, envelope));
    }

    /** The server has an entry still, whose time is over, in its grace, or while somebody listens for what expires. */
    private boolean isOver(int partition, Envelope envelope) {
        return envelope.expires() != Entry.NEVER && envelope.expires() <= calls.latest(partition);
    }

    /**
     * Reads many keys and tells of each live entry.
     *
     * @param wanted what to read; sorted here by partition
     * @param met is told what was wanted, the envelope, and the entry in it
     * @param unanswered is told of those whose server did not answer
     */
    void read(List<Wanted> wanted, Met<V> met, Unanswered<? super Wanted> unanswered) {
        try {
            read(wanted, calls.serveAllPartitions(), met, unanswered);
        } catch (FarTierUnavailableException e) {
            wanted.forEach(each -> unanswered.tell(each, e));
        }
    }

    private void read(List<Wanted> wanted, boolean mixed, Met<V> met, Unanswered<? super Wanted> unanswered) {
        boolean cautious = lookup.isCautious(wanted.size());
        List<Wanted> sorted = new ArrayList<>(cautious ? smallOf(wanted, met, unanswered) : wanted);
        sorted.sort(Comparator.comparingInt(Wanted::partition));
        UnderWay underWay = new UnderWay();
        List<Over> over = new ArrayList<>();
        for (int from = 0, to; from < sorted.size(); from = to) {
            to = endOfChunk(sorted, from, mixed);
            List<Wanted> chunk = sorted.subList(from, to);
            long bytes = chunk.stream().mapToLong(Wanted::length).sum();
            underWay.makeRoom(bytes);
            underWay.add(bytes, begin(chunk, met, over, unanswered));
        }
        underWay.finish();
        endings.met(over);
    }

    /** Reads those that are large, and returns the others; what is no string is found out later. */
    private List<Wanted> smallOf(List<Wanted> wanted, Met<V> met, Unanswered<? super Wanted> unanswered) {
        List<Wanted> small = new ArrayList<>();
        List<Wanted> large = new ArrayList<>();
        new Survey<Wanted>(
                        each -> lookup.length(each.partition, each.entry),
                        (each, reply) -> {
                            long length = lookup.lengthIn(reply);
                            (lookup.isLarge(length) ? large : small).add(each.ofLength(length));
                        },
                        (each, why) -> {
                            if (why instanceof FarRefusalException) {
                                small.add(each);
                            } else {
                                unanswered.tell(each, why);
                            }
                        })
                .ask(wanted);
        List<Over> over = new ArrayList<>();
        large.forEach(each -> readLarge(each, met, over, unanswered));
        endings.met(over);
        return small;
    }

    private void readLarge(Wanted wanted, Met<V> met, List<Over> over, Unanswered<? super Wanted> unanswered) {
        tell(
                List.of(wanted),
                () -> {
                    List<Object> found = lookup.inPieces(wanted.partition, wanted.entry);
                    return Arrays.asList(found.get(1), found.get(0));
                },
                met,
                over,
                unanswered);
    }

    private static int endOfChunk(List<Wanted> sorted, int from, boolean mixed) {
        int to = from + 1;
        long bytes = sorted.get(from).length;
        while (to < sorted.size()
                && to - from < CHUNK_KEYS
                && bytes + sorted.get(to).length <= CHUNK_BYTES
                && (mixed || sorted.get(to).partition == sorted.get(from).partition)) {
            bytes += sorted.get(to).length;
            to++;
        }
        return to;
    }

    /** Begins to read a chunk; returns what awaits it. */
    private Runnable begin(List<Wanted> chunk, Met<V> met, List<Over> over, Unanswered<? super Wanted> unanswered) {
        try {
            ReadCall call = calls.read(chunk.get(0).partition, Session.MGET, names(chunk));
            return () -> tell(chunk, () -> lookup.answer(call), met, over, unanswered);
        } catch (FarTierUnavailableException e) {
            return () -> chunk.forEach(each -> unanswered.tell(each, e));
        }
    }

    private Object[] names(List<Wanted> chunk) {
        List<Object> keys = new ArrayList<>();
        int last = -1;
        for (Wanted wanted : chunk) {
            if (wanted.partition != last) {
                keys.add(names.meta(wanted.partition));
                last = wanted.partition;
            }
            keys.add(wanted.entry);
        }
        return keys.toArray();
    }

    private void tell(
            List<Wanted> chunk,
            Supplier<List<Object>> reply,
            Met<V> met,
            List<Over> over,
            Unanswered<? super Wanted> unanswered) {
        List<Runnable> news = new ArrayList<>(chunk.size());
        try {
            look(
                    chunk,
                    reply.get(),
                    (wanted, envelope, entry) -> news.add(() -> met.accept(wanted, envelope, entry)),
                    over);
        } catch (FarTierUnavailableException e) {
            chunk.forEach(each -> unanswered.tell(each, e));
            return;
        }
        news.forEach(Runnable::run);
    }

    private void look(List<Wanted> chunk, List<Object> found, Met<V> met, List<Over> over) {
        List<Hit> hits = hits(chunk, found, over);
        Set<Candidate> dead = tags.dead(hits.stream().map(Hit::candidate).toList(), calls.until());
        for (Hit hit : hits) {
            Envelope envelope = hit.candidate.envelope();
            Entry<V> entry = dead.contains(hit.candidate) ? null : reader.entry(envelope, hit.wanted.text);
            if (entry != null) {
                met.accept(hit.wanted, envelope, entry);
            }
        }
    }

    /** What was wanted, and what lies there. */
    private record Hit(Wanted wanted, Candidate candidate) {}

    private List<Hit> hits(List<Wanted> chunk, List<Object> found, List<Over> over) {
        List<Hit> hits = new ArrayList<>(chunk.size());
        int at = 0;
        int last = -1;
        Meta meta = null;
        for (Wanted wanted : chunk) {
            if (wanted.partition != last) {
                meta = Meta.read((byte[]) found.get(at++));
                last = wanted.partition;
            }
            Candidate candidate = candidate(wanted.partition, reader.envelope(lookup.met(found.get(at++))), meta);
            if (candidate != null && candidate.isOver()) {
                over.add(new Over(wanted.partition, wanted.entry, wanted.text, candidate.envelope()));
            } else if (candidate != null) {
                hits.add(new Hit(wanted, candidate));
            }
        }
        return hits;
    }

    /** An entry without a meta is dead here, but other nodes may still have copies: recreating the meta tells them. */
    private void heal(int partition) {
        Arguments arguments = new Arguments()
                .key(names.meta(partition))
                .key(names.chain(partition))
                .add(names.channel(partition))
                .add(names.wire());
        calls.run(Script.RECREATE, partition, arguments);
    }

    /**
     * A key to read.
     *
     * @param entry its name in the far tier
     * @param text that of the key
     * @param position where the caller has it
     * @param length of the entry in bytes, 0 if nobody has asked
     */
    record Wanted(int partition, String entry, String text, int position, long length) {
        Wanted(int partition, String entry, String text, int position) {
            this(partition, entry, text, position, 0);
        }

        Wanted ofLength(long bytes) {
            return new Wanted(partition, entry, text, position, bytes);
        }
    }

    /** Is told of live entries. */
    interface Met<V> {
        /** An entry was found. */
        void accept(Wanted wanted, Envelope envelope, Entry<V> entry);
    }
}
