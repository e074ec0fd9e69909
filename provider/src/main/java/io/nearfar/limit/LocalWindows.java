package io.nearfar.limit;

import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.far.Standing;
import io.nearfar.far.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests in this process, exactly. Bounded: keys beyond the most that are remembered share windows, by a hash of
 * the key, so that none is ever admitted more than its limit. Only what is charged is remembered. Safe for use by several
 * threads.
 */
final class LocalWindows {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWindows.class);
    private static final int SHARED = 1_024;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** No key's text begins with it. */
    private static final String OF_SEVERAL = "\n";

    private final LongSupplier micros;
    private final long maximum;
    private final SweptMap<Name, Cell> cells;
    private final AtomicLong made = new AtomicLong();
    private final Object keeping = new Object();

    /** So that nobody can choose keys that share the window of another. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private volatile boolean crowded;

    /**
     * Creates one.
     *
     * @param micros a clock that never goes back
     * @param maximum how many keys have windows of their own
     */
    LocalWindows(LongSupplier micros, long maximum) {
        this.micros = micros;
        this.maximum = maximum;
        this.cells = new SweptMap<>(maximum, cell -> cell.leave(micros.getAsLong()));
    }

    /**
     * Looks at all quotas, none of them twice, and then charges a request that all admit.
     *
     * @param charge whether to charge it, or only to look
     */
    Verdict decide(List<Quota> quotas, long cost, boolean charge) {
        while (true) {
            List<Cell> found = quotas.stream().map(this::find).toList();
            boolean known = found.stream().allMatch(Cell::isKept);
            Verdict verdict = locked(inOrder(found), 0, () -> decide(quotas, found, cost, charge && known));
            if (verdict != null && (known || !charge || !verdict.admitted())) {
                return verdict;
            }
            if (verdict != null) {
                quotas.forEach(this::keep);
            }
        }
    }

    private static List<Cell> inOrder(List<Cell> cells) {
        return cells.size() == 1
                ? cells
                : cells.stream()
                        .sorted(Comparator.comparingLong(cell -> cell.number))
                        .toList();
    }

    private static @Nullable Verdict locked(List<Cell> cells, int from, Supplier<@Nullable Verdict> work) {
        if (from == cells.size()) {
            return work.get();
        }
        synchronized (cells.get(from)) {
            return locked(cells, from + 1, work);
        }
    }

    private @Nullable Verdict decide(List<Quota> quotas, List<Cell> found, long cost, boolean charge) {
        if (found.stream().anyMatch(Cell::isGone)) {
            return null;
        }
        long now = micros.getAsLong();
        List<Standing> standings = new ArrayList<>(quotas.size());
        for (int i = 0; i < quotas.size(); i++) {
            standings.add(found.get(i).look(now, quotas.get(i).limit(), cost));
        }
        Verdict verdict = Verdict.of(now, standings);
        return verdict.admitted() && charge ? charged(quotas, found, cost, verdict) : verdict;
    }

    private static Verdict charged(List<Quota> quotas, List<Cell> found, long cost, Verdict before) {
        List<Standing> after = new ArrayList<>(quotas.size());
        for (int i = 0; i < quotas.size(); i++) {
            found.get(i).charge(before.now(), quotas.get(i).limit(), cost);
            Standing standing = before.standings().get(i);
            after.add(new Standing(standing.used() + cost, standing.oldest(), 0));
        }
        return new Verdict(true, before.now(), after);
    }

    /** Returns the window in which a quota is counted; if there is none, an empty one to look at. */
    private Cell find(Quota quota) {
        Name name = Name.of(quota);
        Cell own = present(name);
        Cell found = own == null && crowded ? present(shared(name)) : own;
        return found == null ? cell(false, quota.limit()) : found;
    }

    private @Nullable Cell present(Name name) {
        Cell cell = cells.get(name);
        return cell == null || cell.isGone() ? null : cell;
    }

    private Cell cell(boolean kept, Limit limit) {
        return new Cell(made.incrementAndGet(), kept, micros.getAsLong(), limit);
    }

    /** Makes the window of a quota; one at a time, or a key could have one of its own and share another. */
    private void keep(Quota quota) {
        synchronized (keeping) {
            if (!find(quota).isKept()) {
                Name name = Name.of(quota);
                cells.put(cells.hasRoom() ? name : crowd(name), cell(true, quota.limit()));
            }
        }
    }

    private Name crowd(Name name) {
        if (!crowded) {
            crowded = true;
            LOG.warn(
                    "NF0703 limit {}: more than {} keys are counted in this process, and further ones share windows, so that"
                            + " they may be denied for each other's requests. Raise nearfar.limit.maximum-keys, or count"
                            + " by keys that are fewer",
                    name.limit(),
                    maximum);
        }
        return shared(name);
    }

    /** Returns the name of the window that several keys share. */
    private Name shared(Name name) {
        long hash = seed;
        for (int i = 0; i < name.text().length(); i++) {
            hash = (hash ^ name.text().charAt(i)) * FNV_PRIME;
            hash ^= hash >>> 32;
        }
        return new Name(OF_SEVERAL + Math.floorMod(hash, SHARED), name.limit());
    }

    /** Forgets what was counted for a quota alone; what it shares with others stays counted. */
    void reset(Quota quota) {
        Name name = Name.of(quota);
        Cell there = cells.get(name);
        if (there != null) {
            there.forget();
            cells.remove(name, there);
        }
    }

    /** Lets a few windows go in which nothing counts any more. */
    void tidy() {
        cells.tidy();
    }

    /** Returns how many windows there are. */
    long size() {
        return cells.size();
    }
}
