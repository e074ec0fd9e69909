package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Reply;
import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.far.ManyChanges.Item;
import io.nearfar.far.Pages.Name;
import io.nearfar.far.Servers.Server;
import io.nearfar.key.KeyText;
import io.nearfar.key.Keyspace;
import io.nearfar.key.StoredName;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Why what is found is removed whatever its stamp
 * ===============================================
 * A load that began before the invalidation has its placeholder under the key. The walk finds that, or what the load has put
 * in its place meanwhile, which carries a later stamp than everything that was told before. So does what replace or an entry
 * processor has made of an old value. Whoever spared what is newer than the beginning of the walk would spare these. What was
 * simply put meanwhile goes with them: its removal comes after it.
 *
 * A key that is there from the beginning of the walk to its removal is met: so the server promises, and what takes the place
 * of a placeholder or an entry leaves the key where it is. It promises that of one process. A server that was restarted, or
 * replaced, has its keys in another order: so each server is asked who it is before the walk over its keys, after a page that
 * failed, and at the end, when every partition must be with the server that was walked over for it. While it is the same, a
 * pause of it costs nothing but time.
 */

/** Ends the entries of a cache whose keys match a pattern, page by page, and removes the placeholders of loads. Used once. */
final class MatchingKeys<V> {
    /** So often a walk begins, over a server that has taken the place of another. */
    private static final int MOST_WALKS = 5;

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Calls calls;
    private final Names names;
    private final Wording<V> wording;
    private final SingleChange<V> single;
    private final KeyWalk walk;
    private final Servers servers;
    private final Retries retries;
    private final @Nullable String[] walked = new String[Keyspace.PARTITIONS];

    MatchingKeys(Calls calls, Names names, Wording<V> wording, SingleChange<V> single, KeyWalk walk) {
        this.calls = calls;
        this.names = names;
        this.wording = wording;
        this.single = single;
        this.walk = walk;
        this.servers = new Servers(calls);
        this.retries = Retries.pausing(this::pause);
    }

    /**
     * Removes those of some partitions whose keys' texts match.
     *
     * @param literal what stands in all these texts
     * @param unanswered is told, once each, of the partitions of a server that does not answer for longer than a moment; what was
     *     met there before is removed
     */
    void remove(String literal, Predicate<String> matching, BitSet partitions, Unanswered<Integer> unanswered) {
        BitSet wanted = (BitSet) partitions.clone();
        Unanswered<Integer> failed = (partition, why) -> {
            if (wanted.get(partition)) {
                wanted.clear(partition);
                unanswered.tell(partition, why);
            }
        };
        List<Server> left = servers.of(partitions, failed);
        for (int walks = 0; walks < MOST_WALKS && !left.isEmpty(); walks++) {
            left.forEach(server -> walkOver(server, literal, matching, failed));
            left = unwalked(wanted, failed);
        }
        FarTierUnavailableException changing = Failures.changing(StoredName.told(names.cache()), MOST_WALKS);
        left.forEach(server -> server.unwalked(walked).forEach(at -> failed.tell(at, changing)));
    }

    /** Returns the servers that take the writes of a partition for which another was walked over, or none. */
    private List<Server> unwalked(BitSet wanted, Unanswered<Integer> failed) {
        return servers(wanted, failed).stream()
                .filter(server -> server.unwalked(walked).findAny().isPresent())
                .toList();
    }

    private List<Server> servers(BitSet wanted, Unanswered<Integer> failed) {
        try {
            return asked(() -> servers.of(wanted), List.of());
        } catch (FarTierUnavailableException e) {
            return servers.of((BitSet) wanted.clone(), failed);
        }
    }

    /** Asks again where there is no answer for a moment; returns {@code cancelled} if the walk is not wanted any more. */
    private <T> T asked(Supplier<T> question, T cancelled) {
        Supplier<T> wanted = () -> walk.isCancelled() ? cancelled : question.get();
        return retries.answer(wanted, wanted);
    }

    private void walkOver(Server server, String literal, Predicate<String> matching, Unanswered<Integer> unanswered) {
        ServerKeys keys = new ServerKeys(calls, server.node(), names.pattern(literal), walk.pageSize());
        try {
            if (isWalkedOver(server, keys, matching)) {
                server.partitions().stream().forEach(at -> walked[at] = server.id());
            }
        } catch (FarTierUnavailableException e) {
            server.partitions().stream().forEach(at -> unanswered.tell(at, e));
        }
    }

    private boolean isWalkedOver(Server server, ServerKeys keys, Predicate<String> matching) {
        do {
            pause(walk.ahead());
            boolean removed = !walk.isCancelled()
                    && retries.answer(
                            () -> remove(keys, matching), () -> isStill(server, keys) && remove(keys, matching));
            if (!removed) {
                return false;
            }
            walk.looked(walk.pageSize());
        } while (keys.turn());
        return true;
    }

    /** Tells whether the same server takes the same writes, and whether the walk is wanted; asks it by the way that leads there. */
    private boolean isStill(Server server, ServerKeys keys) {
        List<Server> now = walk.isCancelled() ? List.of() : servers.of(server.partitions());
        if (now.size() != 1 || !now.get(0).id().equals(server.id())) {
            return false;
        }
        keys.askBy(now.get(0).node());
        return true;
    }

    private void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !walk.isCancelled(); left = until - System.nanoTime()) {
            Waiting.pause(Math.min(left, LONGEST_PAUSE));
        }
    }

    private boolean remove(ServerKeys keys, Predicate<String> matching) {
        Change<V> change =
                walk.ending() == Ending.SOFT ? Change.softRemoval() : Change.removal(Condition.ALWAYS, false);
        List<Item<Name, V>> items = Pages.of(names, keys.page()).stream()
                .filter(name -> matching.test(name.text()))
                .distinct()
                .map(name -> new Item<>(name, spot(name), change))
                .toList();
        FirstFailure failure = new FirstFailure();
        new ManyChanges<>(calls, wording, single, this::removed, failure).apply(items);
        failure.throwIfAny();
        return true;
    }

    private Spot spot(Name name) {
        return new Spot(names, new KeyText(name.text(), null), name.partition());
    }

    private void removed(Name name, Reply<V> reply) {
        walk.found(1);
        walk.removed(reply.existed() ? 1 : 0);
    }
}
