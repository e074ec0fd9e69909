package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.far.Awaiting;
import io.nearfar.far.FarEntries;
import io.nearfar.key.Glob;
import io.nearfar.observe.CacheSignals;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The far tier of one cache as it is through an outage. Every method reads as one sentence: settle what is dirty of it,
 * then ask the far tier, and if either gets no answer, let the outage policy answer. It also counts what was answered.
 */
final class OutageStore<K, V> implements EntryStore<K, V> {
    private final FarEntries<K, V> far;
    private final DirtySet<K, V> dirty;
    private final Settler<K, V> settler;
    private final OutageAnswers<K, V> outage;
    private final CacheSignals signals;
    private final Runnable onClose;
    private final OutageLeases<K, V> leases;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Creates the store of one cache.
     *
     * @param settler settles what is in {@code dirty}
     * @param outage answers where the far tier does not
     * @param onClose run once when the store is closed
     */
    OutageStore(
            FarEntries<K, V> far,
            DirtySet<K, V> dirty,
            Settler<K, V> settler,
            OutageAnswers<K, V> outage,
            CacheSignals signals,
            Runnable onClose) {
        this.far = far;
        this.dirty = dirty;
        this.settler = settler;
        this.outage = outage;
        this.signals = signals;
        this.onClose = onClose;
        this.leases = new OutageLeases<>(far, dirty, settler, outage, signals, this::noted);
    }

    /** What the far tier has told of a key voids a load of it that began in an outage: it may be older. */
    private Answer<V> told(K key, @Nullable Entry<V> entry) {
        dirty.leases().voidFor(key);
        return Answer.far(entry);
    }

    /**
     * What was noted while the far tier was asked comes after its answer. Who is going to decide over it needs it none the
     * less: the decision settles the key first.
     */
    Answer<V> told(K key, Freshness freshness, @Nullable Entry<V> entry) {
        Answer<V> answer = told(key, entry);
        DirtySet.Known<V> noted = freshness == Freshness.AUTHORITY ? null : noted(key, entry);
        return noted == null ? answer : new Answer<>(noted.entry(), Answer.Origin.NOTED);
    }

    private DirtySet.@Nullable Known<V> noted(K key, @Nullable Entry<V> entry) {
        if (dirty.isEmpty()) {
            return null;
        }
        DirtySet.Known<V> noted = dirty.known(key, far.partition(key), entry);
        return noted == null && isOwed(key) ? new DirtySet.Known<>(null) : noted;
    }

    /** Returns in words what this node was told of a key in an outage, and the far tier is still to be told; null if nothing. */
    @Nullable
    String untold(K key) {
        int partition = far.partition(key);
        DirtySet.Known<V> known = dirty.known(key, partition);
        if (known != null) {
            return known.entry() == null ? "that it is gone" : "a value";
        } else if (isOwed(key)) {
            return "that it is gone, by a pattern";
        }
        return dirty.tags().pending().get(partition) ? "of tags that are invalidated" : null;
    }

    /** Whether an invalidation of a pattern that speaks of the key is still to be made. */
    private boolean isOwed(K key) {
        return !dirty.patterns().isEmpty() && dirty.patterns().isPending(far.text(key), far.partition(key));
    }

    Outcome<V> told(K key, Reply<V> reply) {
        dirty.leases().voidFor(key);
        return new Outcome<>(reply, true);
    }

    // ---- reads

    @Override
    public @Nullable Entry<V> lookup(K key) {
        return answerTo(key).entry();
    }

    /** Like {@link #lookup}, and tells who says so. */
    Answer<V> answerTo(K key) {
        long start = System.nanoTime();
        Answer<V> answer = answer(key, Freshness.NEAR);
        count(answer, System.nanoTime() - start);
        return answer;
    }

    void count(Answer<V> answer, long nanos) {
        if (answer.entry() == null) {
            signals.miss(nanos);
            return;
        }
        switch (answer.origin()) {
            case FAR, FALLBACK -> signals.farHit(nanos);
            case STALE -> signals.staleHit(nanos);
            default -> signals.outageHit(nanos);
        }
    }

    @Override
    public @Nullable Entry<V> read(K key, Freshness freshness) {
        return answer(key, freshness).entry();
    }

    /** Like {@link #read}, and tells who says so. */
    Answer<V> answer(K key, Freshness freshness) {
        FarTierUnavailableException why = settler.settle(key);
        if (why == null) {
            try {
                return told(key, freshness, far.read(key, freshness));
            } catch (FarTierUnavailableException e) {
                why = e;
            }
        }
        signals.unavailable();
        return outage.read(key, freshness, why);
    }

    @Override
    public Map<K, Entry<V>> lookupAll(Collection<? extends K> keys) {
        return Answer.entries(answersTo(keys));
    }

    /** Like {@link #lookupAll}, and tells who says so; there is an answer for each key. */
    Map<K, Answer<V>> answersTo(Collection<? extends K> keys) {
        long start = System.nanoTime();
        Map<K, Answer<V>> answers = answers(keys, Freshness.NEAR);
        long each = (System.nanoTime() - start) / Math.max(1, answers.size());
        answers.values().forEach(answer -> count(answer, each));
        return answers;
    }

    @Override
    public Map<K, Entry<V>> readAll(Collection<? extends K> keys, Freshness freshness) {
        return Answer.entries(answers(keys, freshness));
    }

    /** Like {@link #readAll}, and tells who says so; there is an answer for each key. */
    Map<K, Answer<V>> answers(Collection<? extends K> keys, Freshness freshness) {
        Map<K, FarTierUnavailableException> failures = new HashMap<>(settler.settle(keys));
        Map<K, Entry<V>> found = far.readAll(Answering.among(keys, failures), failures::put);
        countIfAny(failures);
        Map<K, Answer<V>> answers = new HashMap<>(2 * keys.size());
        Answering.among(keys, failures).forEach(key -> answers.put(key, told(key, freshness, found.get(key))));
        answers.putAll(failures.isEmpty() ? Map.of() : outage.readAll(failures, freshness));
        return answers;
    }

    private void countIfAny(Map<K, FarTierUnavailableException> failures) {
        if (!failures.isEmpty()) {
            signals.unavailable();
        }
    }

    @Override
    public Iterator<Keyed<K, V>> scan() {
        FarTierUnavailableException why = settler.settleAll();
        if (why != null) {
            signals.unavailable();
            throw why;
        }
        OwedPatterns owed = dirty.patterns().owed();
        return outage.walk(far.scan(), met -> ended(met, owed));
    }

    /**
     * Returns that nothing is there if an invalidation that ends what is met is still to be made, else null. What a pattern speaks
     * of that was owed when the walk began may have been read before that was made; so it is read once more.
     */
    private DirtySet.@Nullable Known<V> ended(Keyed<K, V> met, OwedPatterns before) {
        if (isOwed(met.key())) {
            return new DirtySet.Known<>(null);
        } else if (!before.isEmpty() && before.speakOf(far.text(met.key()), far.partition(met.key()))) {
            return new DirtySet.Known<>(read(met.key(), Freshness.NEAR));
        }
        return dirty.ended(met.entry(), far.partition(met.key()));
    }

    // ---- changes

    @Override
    public Reply<V> apply(K key, Change<V> change) {
        return outcome(key, change).reply();
    }

    /** Like {@link #apply}, and tells who says so. */
    Outcome<V> outcome(K key, Change<V> change) {
        try {
            return decided(key, change);
        } finally {
            if (change.condition() instanceof Condition.Is is && Provisional.is(is.version())) {
                dirty.leases().release(key, is.version()); // whatever has come of it, a load under it has ended
            }
        }
    }

    /** What has no answer was settled meanwhile, and the far tier is asked after all. */
    private Outcome<V> decided(K key, Change<V> change) {
        FarTierUnavailableException why = settler.settle(key);
        if (why == null) {
            try {
                return told(key, far.apply(key, change));
            } catch (FarTierUnavailableException e) {
                why = e;
            }
        }
        signals.unavailable();
        Reply<V> reply = outage.change(key, change, why);
        mustBeMadeUpFor(why);
        return reply == null ? decided(key, change) : new Outcome<>(reply, false);
    }

    /** What is noted once the cache is closed nobody makes up for: its caller is not told that it is done. */
    void mustBeMadeUpFor(FarTierUnavailableException why) {
        if (closed.get()) {
            throw why;
        }
    }

    @Override
    public Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes) {
        Map<K, Reply<V>> replies = new HashMap<>();
        outcomes(changes).forEach((key, outcome) -> replies.put(key, outcome.reply()));
        return replies;
    }

    /** Like {@link #applyAll}, and tells who says so; it throws before anything is noted, or notes all that it must. */
    Map<K, Outcome<V>> outcomes(Map<? extends K, Change<V>> changes) {
        Map<K, FarTierUnavailableException> failures = new HashMap<>(settler.settle(changes.keySet()));
        Map<K, Change<V>> open = new HashMap<>(changes);
        open.keySet().removeAll(failures.keySet());
        Map<K, Outcome<V>> outcomes = new HashMap<>();
        far.applyAll(open, failures::put).forEach((key, reply) -> outcomes.put(key, told(key, reply)));
        countIfAny(failures);
        failures.forEach((key, why) -> mustBeAnswered(key, changes.get(key), why));
        if (!failures.isEmpty()) {
            Map<K, Change<V>> left = new HashMap<>(changes);
            left.keySet().retainAll(failures.keySet());
            outcomes.putAll(answered(left, failures));
        }
        return outcomes;
    }

    /** Likewise. */
    private Map<K, Outcome<V>> answered(Map<K, Change<V>> left, Map<K, FarTierUnavailableException> reasons) {
        Map<K, Outcome<V>> outcomes = new HashMap<>();
        outage.changeAll(left, reasons).forEach((key, reply) -> outcomes.put(key, new Outcome<>(reply, false)));
        mustBeMadeUpFor(reasons.values().iterator().next());
        left.keySet().removeAll(outcomes.keySet());
        outcomes.putAll(left.isEmpty() ? Map.of() : outcomes(left));
        return outcomes;
    }

    private void mustBeAnswered(K key, @Nullable Change<V> change, FarTierUnavailableException why) {
        if (change == null || !outage.isAnswered(key, change)) {
            throw why;
        }
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis) {
        FarTierUnavailableException why = settler.settle(key);
        if (why == null) {
            try {
                return far.touch(key, seen, millis);
            } catch (FarTierUnavailableException e) {
                why = e;
            }
        }
        signals.unavailable();
        return outage.touch(key, seen, millis, why);
    }

    @Override
    public void clear() {
        clear(DirtyPartitions.all());
    }

    private void clear(BitSet made) {
        long order = dirty.order();
        Map<Integer, FarTierUnavailableException> failures = new HashMap<>();
        far.clear((BitSet) made.clone(), failures::put);
        failures.keySet().forEach(made::clear);
        settler.cleared(made, order);
        dirty.leases().voidAll();
        answerClear(failures);
    }

    private void answerClear(Map<Integer, FarTierUnavailableException> failures) {
        BitSet left = new BitSet();
        failures.keySet().forEach(left::set);
        for (FarTierUnavailableException why : failures.values()) {
            signals.unavailable();
            outage.clear(left, why);
            mustBeMadeUpFor(why);
            return;
        }
    }

    @Override
    public void invalidateTags(Collection<String> tags, Ending ending) {
        TagBatches.each(tags, some -> invalidated(some, ending));
    }

    /**
     * Like {@link #invalidateTags}, all at once; returns the stamps of the partitions in which the far tier has done it. Where the
     * fallback store, which knows nothing of tags, may still have something to say, it is a clear.
     */
    Map<Integer, Long> invalidated(Collection<String> tags, Ending ending) {
        dirty.outdate(tags);
        BitSet suspects = settler.suspects();
        if (!suspects.isEmpty()) {
            clear(suspects);
        }
        Map<Integer, FarTierUnavailableException> failures = new HashMap<>();
        Map<Integer, Long> stamps = far.invalidateTags(tags, ending, DirtyPartitions.all(), failures::put);
        dirty.leases().voidAll();
        answerTags(tags, ending, failures);
        return stamps;
    }

    private void answerTags(
            Collection<String> tags, Ending ending, Map<Integer, FarTierUnavailableException> failures) {
        BitSet left = new BitSet();
        failures.keySet().forEach(left::set);
        for (FarTierUnavailableException why : failures.values()) {
            signals.unavailable();
            outage.invalidateTags(tags, ending, left, why);
            mustBeMadeUpFor(why);
            return;
        }
    }

    @Override
    public void invalidatePattern(String pattern, KeyWalk walk) {
        invalidated(Glob.of(pattern), walk);
    }

    /**
     * Like {@link #invalidatePattern}; returns the stamps of the messages of it, by partition. The message goes out twice: when
     * it comes, other nodes let go of what they have; and what they have asked for since then is told by another, also where the
     * far tier has lost it before the walk met it.
     */
    Map<Integer, Long> invalidated(Glob pattern, KeyWalk walk) {
        outdate(pattern);
        BitSet suspects = settler.suspects();
        if (!suspects.isEmpty()) {
            clear(suspects);
        }
        Map<Integer, FarTierUnavailableException> failures = new HashMap<>();
        Map<Integer, Long> stamps = new HashMap<>(announced(pattern, failures));
        if (!stamps.isEmpty()) {
            far.removeMatching(pattern.literal(), pattern, Answering.partitions(failures), walk, failures::put);
            BitSet told = walk.isCancelled() ? new BitSet() : Answering.partitions(failures);
            stamps.putAll(far.announceAgain(pattern, told, failures::put));
        }
        dirty.leases().voidAll();
        if (!failures.isEmpty()) {
            signals.unavailable();
            answerPattern(pattern, walk, failures);
        }
        return stamps;
    }

    private Map<Integer, Long> announced(Glob pattern, Map<Integer, FarTierUnavailableException> failures) {
        return far.announce(pattern, DirtyPartitions.all(), failures::put);
    }

    /** Whoever has cancelled it does not want the rest made later. */
    private void answerPattern(Glob pattern, KeyWalk walk, Map<Integer, FarTierUnavailableException> failures) {
        BitSet left = new BitSet();
        failures.keySet().forEach(left::set);
        if (!walk.isCancelled()) {
            FarTierUnavailableException why = failures.values().iterator().next();
            outage.invalidatePattern(pattern, left, matching(pattern), why);
            mustBeMadeUpFor(why);
        }
    }

    private Predicate<K> matching(Glob pattern) {
        return key -> pattern.test(far.text(key));
    }

    /** What was decided in the outage over an entry that the near tier has just let go of is out of date as well. */
    void outdate(Collection<String> tags) {
        dirty.outdate(tags);
    }

    /** Likewise of the keys that match. */
    void outdate(Glob pattern) {
        dirty.outdate(matching(pattern));
    }

    // ---- load leases

    @Override
    public Lease<V> lease(K key, long millis) {
        return leases.ask(key, millis);
    }

    @Override
    public boolean renew(K key, Version granted, long millis) {
        return leases.renew(key, granted, millis);
    }

    @Override
    public void release(K key, Version granted) {
        leases.release(key, granted);
    }

    @Override
    public boolean releaseFailed(K key, Lease.Granted<V> granted, long restMillis) {
        return leases.releaseFailed(key, granted, restMillis);
    }

    @Override
    public @Nullable Entry<V> kept(K key) {
        return leases.kept(key);
    }

    @Override
    public void rememberAbsence(K key, Version granted, long millis, List<String> tags) {
        leases.rememberAbsence(key, granted, millis, tags);
    }

    // ---- without a thread

    /** Returns what asks the same without a thread that waits. */
    AsyncOutage<K, V> async(Awaiting awaiting) {
        return new AsyncOutage<>(this, far, settler, outage, signals, awaiting);
    }

    // ---- the end

    /** Returns what is dirty. */
    DirtySet<K, V> dirty() {
        return dirty;
    }

    @Override
    public void destroy() {
        long order = dirty.order();
        try {
            far.destroy();
            settler.cleared(DirtyPartitions.all(), order);
        } catch (FarTierUnavailableException e) {
            signals.unavailable();
            outage.clear(DirtyPartitions.all(), e);
        }
        dirty.leases().voidAll();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.run();
            far.close();
        }
    }
}
