package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Reply;
import io.nearfar.far.ManyChanges.Item;
import io.nearfar.far.Pages.Name;
import io.nearfar.key.KeyText;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/*
 * Why what is found is removed whatever its stamp
 * ===============================================
 * A load that began before the invalidation has its placeholder under the key. The walk finds that, or what the load has put
 * in its place meanwhile, which carries a later stamp than everything that was told before. So does what replace or an entry
 * processor has made of an old value. Whoever spared what is newer than the beginning of the walk would spare these. What was
 * simply put meanwhile goes with them: its removal comes after it.
 *
 * A key that is there from the beginning of the walk to its removal is met: so the server promises, and what takes the place
 * of a placeholder or an entry leaves the key where it is.
 */

/** Removes the entries of a cache whose keys match a pattern, page by page, and the placeholders of loads. Used once. */
final class MatchingKeys<V> {
    /** So often a walk begins anew because another server took over meanwhile, which has its keys in another order. */
    private static final int MOST_WALKS = 5;

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Calls calls;
    private final Names names;
    private final Wording<V> wording;
    private final SingleChange<V> single;
    private final KeyWalk walk;

    MatchingKeys(Calls calls, Names names, Wording<V> wording, SingleChange<V> single, KeyWalk walk) {
        this.calls = calls;
        this.names = names;
        this.wording = wording;
        this.single = single;
        this.walk = walk;
    }

    /**
     * Removes those whose keys' texts match.
     *
     * @param literal what stands in all these texts
     * @throws FarTierUnavailableException if a server does not answer; what was met before, and on the others, is removed
     */
    void remove(String literal, Predicate<String> matching) {
        for (int walks = 0; walks < MOST_WALKS; walks++) {
            List<Object> before = calls.standing();
            FirstFailure failure = new FirstFailure();
            walkOnce(literal, matching, failure);
            failure.throwIfAny();
            if (walk.isCancelled() || calls.standing().equals(before)) {
                return;
            }
        }
        throw Failures.changing(names.cache(), MOST_WALKS);
    }

    private void walkOnce(String literal, Predicate<String> matching, FirstFailure failure) {
        Pages pages = new Pages(calls, names, literal, walk.pageSize());
        while (!walk.isCancelled()) {
            try {
                List<Name> page = pages.next();
                if (page == null) {
                    return;
                }
                remove(page, matching);
            } catch (FarTierUnavailableException e) {
                failure.tell(names, e);
                pages.skip();
            }
            walk.looked(walk.pageSize());
            keepPace();
        }
    }

    private void keepPace() {
        for (long ahead = walk.ahead(); ahead > 0 && !walk.isCancelled(); ahead = walk.ahead()) {
            Waiting.pause(Math.min(ahead, LONGEST_PAUSE));
        }
    }

    private void remove(List<Name> page, Predicate<String> matching) {
        List<Item<Name, V>> items = page.stream()
                .filter(name -> matching.test(name.text()))
                .distinct()
                .map(name -> new Item<>(name, spot(name), Change.<V>removal(Condition.ALWAYS, false)))
                .toList();
        walk.found(items.size());
        FirstFailure failure = new FirstFailure();
        new ManyChanges<>(calls, wording, single, this::removed, failure).apply(items);
        failure.throwIfAny();
    }

    private Spot spot(Name name) {
        return new Spot(names, new KeyText(name.text(), null), name.partition());
    }

    private void removed(Name name, Reply<V> reply) {
        walk.removed(reply.existed() ? 1 : 0);
    }
}
