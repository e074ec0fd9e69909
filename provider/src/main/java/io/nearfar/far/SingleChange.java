package io.nearfar.far;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.far.Contest.Losses;
import io.nearfar.far.Wording.Body;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Changes of one key: one round trip, unless others are at the same key. */
final class SingleChange<V> {
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(4);

    /** Who meets a lock outlasts it, and some more that others take before it comes through. */
    private static final long LOCKS_IN_A_DEADLINE = 4;

    /** Which part of a reply is an entry that was met after its end. */
    private static final int ENDED = 6;

    private final Calls calls;
    private final Wording<V> wording;
    private final Caution caution;
    private final Withheld withheld;
    private final long windowMicros;
    private final Contest contest;
    private final Telling telling;
    private final Endings<?, V> endings;

    /**
     * Creates it.
     *
     * @param windowMicros for how long after its end an entry answers while its key is loaded anew
     * @param telling says who hears of the changes
     * @param endings is told what the changes met after its end
     */
    SingleChange(
            Calls calls,
            Wording<V> wording,
            Caution caution,
            Withheld withheld,
            long windowMicros,
            Telling telling,
            Endings<?, V> endings) {
        this.endings = endings;
        this.telling = telling;
        this.windowMicros = windowMicros;
        this.calls = calls;
        this.wording = wording;
        this.caution = caution;
        this.withheld = withheld;
        long longestLock = TimeUnit.NANOSECONDS.toMillis(calls.deadlineNanos()) / LOCKS_IN_A_DEADLINE;
        this.contest = new Contest(Math.max(1, longestLock), System::nanoTime);
    }

    private SingleChange(SingleChange<V> heard) {
        this.calls = heard.calls;
        this.wording = heard.wording;
        this.caution = heard.caution;
        this.withheld = heard.withheld;
        this.windowMicros = heard.windowMicros;
        this.contest = heard.contest;
        this.endings = heard.endings;
        this.telling = Telling.NOBODY;
    }

    /** Returns what makes the same changes, of which no listener hears. */
    SingleChange<V> unheard() {
        return new SingleChange<>(this);
    }

    /** Returns what is told what the changes met after its end. */
    Endings<?, V> endings() {
        return endings;
    }

    /** Returns what says who hears of the changes. */
    Telling telling() {
        return telling;
    }

    /** Makes the change and returns what it did. */
    Reply<V> apply(Spot spot, Change<V> change) {
        Body body = wording.body(spot, change);
        wording.count(body);
        return apply(spot, change, body);
    }

    /**
     * Makes the change without a thread that waits. Fails with {@link NeedsThreadException}, and has changed nothing, where one
     * question is not enough: the value or what it meets is large, somebody has locked the key, or what is met cannot be read.
     */
    CompletableFuture<Reply<V>> apply(Spot spot, Change<V> change, Awaiting awaiting) {
        if (!calls.knowsClock(spot.partition())) {
            return NeedsThreadException.failed();
        }
        Body body = wording.body(spot, change);
        if (caution.isLarge(body.tail().length)) {
            return NeedsThreadException.failed();
        }
        Arguments arguments = new Arguments().audience(word(change));
        worded(spot, change, arguments, body);
        return calls.script(script(change), spot.partition(), arguments)
                .reply(awaiting)
                .thenApply(parts -> reply(spot, change, arguments.nonce(), parts))
                .whenComplete((reply, failure) -> countUnlessAnew(body, failure));
    }

    private byte @Nullable [] word(Change<V> change) {
        return change.silent() ? Telling.NOBODY.word() : telling.word();
    }

    /** Who makes the change anew counts it. */
    private void countUnlessAnew(Body body, @Nullable Throwable failure) {
        if (failure == null || !NeedsThreadException.is(failure)) {
            wording.count(body);
        }
    }

    private void worded(Spot spot, Change<V> change, Arguments arguments, Body body) {
        if (change.soft()) {
            softening(spot, arguments);
            return;
        }
        describe(spot, change, contest.none(spot.key().text()), arguments, body);
        if (!change.isRemoval()) {
            arguments.add(body.tail()).add(change.since());
        }
        arguments.add(Withheld.NOTHING);
    }

    private Reply<V> reply(Spot spot, Change<V> change, long nonce, List<Object> parts) {
        long status = Numbers.of(parts, 0);
        if (status == Wording.LOCKED || status == Wording.WITHHELD) {
            throw NeedsThreadException.INSTANCE;
        }
        endings.told(spot.key(), parts, ENDED);
        Told told = Told.of(parts);
        Reply<V> reply = wording.reply(spot, change, nonce, told);
        if (change.condition() instanceof Condition.Absent && wording.unreadable(spot, reply, told) != null) {
            throw NeedsThreadException.INSTANCE;
        }
        return reply;
    }

    private static Script script(Change<?> change) {
        if (change.soft()) {
            return Script.SOFTEN;
        }
        return change.isRemoval() ? Script.REMOVE : Script.WRITE;
    }

    /** Makes the change, whose value is {@code body} in the words of the far tier. */
    Reply<V> apply(Spot spot, Change<V> change, Body body) {
        Losses losses = contest.losses(spot.key().text());
        Reply<V> reply = attempt(spot, change, body, losses);
        if (reply.applied()) {
            contest.won(losses);
        } else if (change.condition() instanceof Condition.Is) {
            contest.lost(losses);
        }
        return reply;
    }

    private Reply<V> attempt(Spot spot, Change<V> change, Body body, Losses losses) {
        Arguments arguments = new Arguments().audience(word(change));
        List<Object> parts = run(spot, change, body, losses, arguments);
        endings.told(spot.key(), parts, ENDED);
        Told told = Told.of(parts);
        Reply<V> reply = wording.reply(spot, change, arguments.nonce(), told);
        Version unreadable =
                change.condition() instanceof Condition.Absent ? wording.unreadable(spot, reply, told) : null;
        return unreadable == null ? reply : replace(spot, change, body, losses, unreadable);
    }

    /** What cannot be read here counts as absent: it is written over, if it still is what was met. */
    private Reply<V> replace(Spot spot, Change<V> change, Body body, Losses losses, Version unreadable) {
        Lifetime lifetime = Lifetime.of(change.lifetime().onCreate());
        Change<V> over = new Change<>(
                change.value(),
                Condition.is(unreadable),
                lifetime,
                false,
                change.attributes(),
                change.since(),
                false,
                change.silent());
        Reply<V> reply = attempt(spot, over, body, losses);
        return reply.applied()
                ? new Reply<>(true, false, null, reply.now(), reply.version())
                : attempt(spot, change, body, losses);
    }

    private List<Object> run(Spot spot, Change<V> change, Body body, Losses losses, Arguments arguments) {
        if (change.soft()) {
            return calls.run(Script.SOFTEN, spot.partition(), softening(spot, arguments));
        } else if (change.isRemoval()) {
            describe(spot, change, losses, arguments, body);
            return met(spot, arguments).told(() -> unlocked(spot, change, arguments));
        }
        if (caution.isLarge(body.tail().length)) {
            return upload(spot, change, losses, arguments, body);
        }
        describe(spot, change, losses, arguments, body).add(body.tail()).add(change.since());
        return met(spot, arguments).told(() -> unlocked(spot, change, arguments));
    }

    /** Returns what says that the entry is to end as if its time were over. */
    Arguments softening(Spot spot) {
        return softening(spot, new Arguments());
    }

    private Arguments softening(Spot spot, Arguments arguments) {
        return arguments
                .key(spot.entry())
                .key(spot.meta())
                .key(spot.chain())
                .key(spot.tags())
                .add(spot.channel())
                .add(spot.names().wire())
                .add(spot.wire())
                .add(windowMicros);
    }

    private LargeMet met(Spot spot, Arguments arguments) {
        return new LargeMet(withheld, spot, arguments);
    }

    /** Described afterwards: for how long to lock the key is a matter of how long this has taken. */
    private List<Object> upload(Spot spot, Change<V> change, Losses losses, Arguments arguments, Body body) {
        Upload upload = new Upload(calls, spot, arguments.nonce());
        List<Object> parts = List.of();
        try {
            upload.send(body.tail());
            describe(spot, change, losses, arguments, body)
                    .key(upload.place())
                    .add(upload.length(body.tail()))
                    .add(change.since());
            LargeMet met = met(spot, arguments);
            parts = met.told(() -> unlocked(spot, change, arguments));
            if (met.isAskedFor() && Numbers.of(parts, 0) == Wording.UPLOAD_LOST) { // it has expired meanwhile
                upload.send(body.tail());
                parts = met.told(() -> unlocked(spot, change, arguments));
            }
        } finally {
            if (parts.isEmpty() || Numbers.of(parts, 0) != Wording.WRITTEN) {
                upload.discard();
            }
        }
        if (Numbers.of(parts, 0) == Wording.UPLOAD_LOST) {
            throw Failures.uploadLost(spot.names().cache());
        }
        return parts;
    }

    /** Runs the script until nobody else has locked the key; the deadline bounds it. */
    private List<Object> unlocked(Spot spot, Change<V> change, Arguments arguments) {
        Script script = script(change);
        long until = System.nanoTime() + calls.deadlineNanos();
        List<Object> parts = calls.run(script, spot.partition(), arguments);
        while (Numbers.of(parts, 0) == Wording.LOCKED) {
            if (System.nanoTime() - until >= 0) {
                throw Failures.locked(script.name(), TimeUnit.NANOSECONDS.toMillis(calls.deadlineNanos()));
            }
            Waiting.pause(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE));
            parts = calls.run(script, spot.partition(), arguments);
        }
        return parts;
    }

    private Arguments describe(Spot spot, Change<V> change, Losses losses, Arguments arguments, Body body) {
        arguments
                .key(spot.entry())
                .key(spot.meta())
                .key(spot.chain())
                .key(spot.lock())
                .key(spot.tags())
                .add(spot.channel())
                .add(spot.names().wire())
                .add(spot.wire())
                .add(Wording.condition(change.condition()));
        Value<V> value = change.value();
        return value == null
                ? contest(arguments.add(Wording.flag(change.wantMet())), change, losses)
                : writing(arguments, change, losses).add(body.head());
    }

    private Arguments writing(Arguments arguments, Change<V> change, Losses losses) {
        arguments
                .add(Wording.lifetime(change.lifetime().onCreate()))
                .add(Wording.lifetime(change.lifetime().onUpdate()))
                .add(Wording.flag(change.wantMet()));
        return contest(arguments, change, losses);
    }

    private Arguments contest(Arguments arguments, Change<V> change, Losses losses) {
        boolean asks = change.condition() instanceof Condition.Is;
        return arguments.add(losses.token()).add(asks ? contest.lockMillis(losses) : 0);
    }
}
