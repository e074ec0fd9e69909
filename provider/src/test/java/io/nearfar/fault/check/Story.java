package io.nearfar.fault.check;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Run;
import io.nearfar.fault.history.Span;
import io.nearfar.fault.history.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A history made by hand, about one key. Times are in milliseconds; each call takes one. Nodes are 0 and 1. */
final class Story {
    private final List<Operation> operations = new ArrayList<>();
    private final Role role;

    Story() {
        this(Role.REGISTERS);
    }

    Story(Role role) {
        this.role = role;
    }

    static Span span(long from, long to) {
        return new Span(TimeUnit.MILLISECONDS.toNanos(from), TimeUnit.MILLISECONDS.toNanos(to));
    }

    private static Run run(long from, long to) {
        Span span = span(from, to);
        return Run.of(span.invoked(), span.returned());
    }

    private Story add(int node, Kind kind, Values values, Outcome outcome, long from, long to) {
        return add(node, kind, "k", values, outcome, from, to);
    }

    private Story add(int node, Kind kind, String key, Values values, Outcome outcome, long from, long to) {
        operations.add(Operation.of(new Caller(node, 0), kind, role.key(key), values, outcome, run(from, to)));
        return this;
    }

    Story put(int node, long value, long at) {
        return put(node, value, at, at + 1);
    }

    /** Puts under another key of the same cache. */
    Story putOther(int node, long value, long at) {
        return add(node, Kind.PUT, "other", Values.written(value), Outcome.DONE, at, at + 1);
    }

    Story put(int node, long value, long from, long to) {
        return add(node, Kind.PUT, Values.written(value), Outcome.DONE, from, to);
    }

    Story noted(int node, long value, long at) {
        return add(node, Kind.PUT, Values.written(value), Outcome.NOTED, at, at + 1);
    }

    Story failedPut(int node, long value, long from, long to) {
        return failed(node, Kind.PUT, Values.written(value), "FarTierUnavailableException", run(from, to));
    }

    /** Adds a read that is refused at once. */
    Story refused(long at) {
        long now = TimeUnit.MILLISECONDS.toNanos(at);
        return failed(0, Kind.GET, Values.NOTHING, "FarTierUnavailableException", Run.of(now, now + 1));
    }

    Story failedGet(int node, String failure, long at) {
        return failed(node, Kind.GET, Values.NOTHING, failure, run(at, at + 1));
    }

    private Story failed(int node, Kind kind, Values values, String failure, Run run) {
        operations.add(Operation.failed(new Caller(node, 0), kind, role.key("k"), values, failure, run));
        return this;
    }

    Story get(int node, long value, long at) {
        return add(node, Kind.GET, Values.found(value), Outcome.DONE, at, at + 1);
    }

    Story get(int node, long value, long from, long to) {
        return add(node, Kind.GET, Values.found(value), Outcome.DONE, from, to);
    }

    /** Adds a read of another cache, which may have loaded what it was told. */
    Story load(long from, long to) {
        String key = Role.PATTERNED.key("k");
        operations.add(
                Operation.of(new Caller(0, 0), Kind.GET, key, Values.found(Values.NONE), Outcome.DONE, run(from, to)));
        return this;
    }

    Story lastGet(int node, long value, long at) {
        return add(node, Kind.LAST_GET, Values.found(value), Outcome.DONE, at, at + 1);
    }

    Story remove(int node, boolean removed, long at) {
        return add(node, Kind.REMOVE, Values.NOTHING, removed ? Outcome.DONE : Outcome.REFUSED, at, at + 1);
    }

    /** Adds a read that may load. */
    Story getOrLoad(int node, long value, long at) {
        return add(node, Kind.GET_OR_LOAD, Values.found(value), Outcome.DONE, at, at + 1);
    }

    /** Adds one of another thread than that of the other calls, which took that long. */
    Story getOrLoad(int node, long value, long from, long to) {
        operations.add(Operation.of(
                new Caller(node, 1),
                Kind.GET_OR_LOAD,
                role.key("k"),
                Values.found(value),
                Outcome.DONE,
                run(from, to)));
        return this;
    }

    /** Adds that somebody ends what is there as if its time were over. */
    Story expire(int node, boolean ended, long at) {
        return add(node, Kind.EXPIRE, Values.NOTHING, ended ? Outcome.DONE : Outcome.REFUSED, at, at + 1);
    }

    /** Adds that somebody ends so all that there is. */
    Story expireAll(int node, long at) {
        return ofAll(node, Kind.EXPIRE, Outcome.DONE, at);
    }

    Story notedExpire(int node, long at) {
        return add(node, Kind.EXPIRE, Values.NOTHING, Outcome.NOTED, at, at + 1);
    }

    Story putIfAbsent(int node, long value, boolean won, long at) {
        return add(node, Kind.PUT_IF_ABSENT, Values.written(value), won ? Outcome.DONE : Outcome.REFUSED, at, at + 1);
    }

    Story replace(int node, long old, long value, boolean won, long at) {
        Values values = new Values(value, old, Values.NONE);
        return add(node, Kind.REPLACE_VALUE, values, won ? Outcome.DONE : Outcome.REFUSED, at, at + 1);
    }

    Story getAndPut(int node, long value, long found, long at) {
        return add(node, Kind.GET_AND_PUT, new Values(value, Values.NONE, found), Outcome.DONE, at, at + 1);
    }

    Story increment(int node, long sum, long at) {
        return add(node, Kind.INVOKE, Values.found(sum), Outcome.DONE, at, at + 1);
    }

    /** Adds one that has met an outage on its way. */
    Story notedIncrement(int node, long sum, long at) {
        return add(node, Kind.INVOKE, Values.found(sum), Outcome.NOTED, at, at + 1);
    }

    Story load(int node, long value, long from, long to) {
        return add(node, Kind.LOAD, Values.written(value), Outcome.DONE, from, to);
    }

    /** Adds a load by a warming. */
    Story warm(int node, long value, long at) {
        Caller warmer = new Caller(node, Caller.WARMER);
        operations.add(
                Operation.of(warmer, Kind.LOAD, role.key("k"), Values.written(value), Outcome.DONE, run(at, at)));
        return this;
    }

    Story notedLoad(int node, long value, long from, long to) {
        return add(node, Kind.LOAD, Values.written(value), Outcome.NOTED, from, to);
    }

    Story event(int node, long value, int place) {
        Span at = span(place, place);
        operations.add(Operation.of(
                new Caller(node, 0),
                Kind.EVENT,
                role.key("k"),
                Values.written(value),
                Outcome.DONE,
                new Run(at, at, place, 0)));
        return this;
    }

    /** Adds how many events the last call was told. */
    Story heard(int events) {
        operations.add(operations.remove(operations.size() - 1).heard(events));
        return this;
    }

    Story clear(int node, long at) {
        return ofAll(node, Kind.CLEAR, Outcome.DONE, at);
    }

    /** Adds a clear in an outage. */
    Story notedClear(int node, long at) {
        return ofAll(node, Kind.CLEAR, Outcome.NOTED, at);
    }

    private Story ofAll(int node, Kind kind, Outcome outcome, long at) {
        return add(node, kind, History.EVERYTHING, Values.NOTHING, outcome, at, at + 1);
    }

    /** Adds an invalidation of the tag of all values that are like one. */
    Story invalidateLike(int node, long value, long at) {
        return like(node, value, Outcome.DONE, at);
    }

    Story notedInvalidateLike(int node, long value, long at) {
        return like(node, value, Outcome.NOTED, at);
    }

    private Story like(int node, long value, Outcome outcome, long at) {
        Values wanted = new Values(Values.NONE, value, Values.NONE);
        return add(node, Kind.INVALIDATE_LIKE, History.EVERYTHING, wanted, outcome, at, at + 1);
    }

    /** Adds an invalidation of a pattern that matches the key. */
    Story invalidate(int node, long at) {
        return invalidate(node, at, at + 1);
    }

    Story invalidate(int node, long from, long to) {
        return add(node, Kind.INVALIDATE, Values.NOTHING, Outcome.DONE, from, to);
    }

    Story notedInvalidate(int node, long at) {
        return add(node, Kind.INVALIDATE, Values.NOTHING, Outcome.NOTED, at, at + 1);
    }

    /** Adds an invalidation of a pattern that matches every key of the cache. */
    Story invalidateAll(int node, long at) {
        return ofAll(node, Kind.INVALIDATE, Outcome.DONE, at);
    }

    /** Adds an invalidation of a pattern that another key of the cache matches, and ours does not. */
    Story invalidateOther(int node, long at) {
        return add(node, Kind.INVALIDATE, "other", Values.NOTHING, Outcome.DONE, at, at + 1);
    }

    Story happens(Kind kind, long from, long to) {
        operations.add(
                Operation.of(Caller.HARNESS, kind, History.EVERYTHING, Values.NOTHING, Outcome.DONE, run(from, to)));
        return this;
    }

    History history() {
        return new History(operations);
    }
}
