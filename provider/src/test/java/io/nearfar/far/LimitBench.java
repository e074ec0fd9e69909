package io.nearfar.far;

import io.nearfar.Limit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Windows of limits on a bench, whose clock a test can move: it moves the base from which their instants are counted. */
final class LimitBench {
    static final String KEY = "{t}:q:user:k";
    static final String OTHER = "{t}:q:all:";
    static final long HOUR = 3_600_000_000L;

    private static final int RING_BASE = 1;
    private static final int COUNTS_BASE = 8;
    private static final int BASE = 7;
    private static final int STRICT = -1;

    private final ScriptBench bench;

    LimitBench(ScriptBench bench) {
        this.bench = bench;
    }

    /** Decides about one window of an hour. */
    Verdict decide(long permits, long cost) {
        return decide(List.of(KEY), cost, true, permits, HOUR);
    }

    /** Decides about several; of each, permits and window follow. */
    Verdict decide(List<String> keys, long cost, boolean charge, long... limits) {
        return verdict(ask(keys, cost, charge, limits));
    }

    /** Decides about one window of an hour, and returns what is needed to take it back. */
    Charge charge(long permits, long cost) {
        List<Object> reply = ask(List.of(KEY), cost, true, permits, HOUR);
        return new Charge(verdict(reply), cost, Numbers.of(reply, 5));
    }

    /** Decides about several like requests under one limit of an hour; returns the reply. */
    List<Object> decideTogether(long permits, long cost, long requests, long wish) {
        return bench.run(Script.DECIDE, List.of(KEY), cost, requests, Limit.EXACT_PERMITS, permits, HOUR, wish);
    }

    /** Takes a charge back after so many microseconds have passed for the window; tells whether that was done. */
    boolean refund(Charge charge, long passed) {
        List<Object> reply = bench.run(
                Script.REFUND, List.of(KEY), charge.cost, charge.verdict.now() - passed, charge.base - passed);
        return Numbers.of(reply, 1) == 1;
    }

    /** Decides about one window of an hour on a server that takes the window's end for past, once. */
    void decideAtTheEnd(long permits, long cost) {
        Object[] arguments = {cost, 1, Limit.EXACT_PERMITS, permits, HOUR, STRICT};
        bench.runWhere("PEXPIREAT", "return server.call('DEL', key)", Script.DECIDE, List.of(KEY), arguments);
    }

    /** Takes a charge back in the last millisecond of its window; tells whether that was done. */
    boolean refundAtTheEnd(Charge charge) {
        Object[] arguments = {charge.cost, charge.verdict.now(), charge.base};
        List<Object> reply = bench.runWhere("PTTL", "return 0", Script.REFUND, List.of(KEY), arguments);
        return Numbers.of(reply, 1) == 1;
    }

    /** Tells whether there is a window. */
    boolean exists() {
        return bench.call("EXISTS", KEY).equals(1L);
    }

    /** What one decision has charged to one window. */
    record Charge(Verdict verdict, long cost, long base) {}

    private List<Object> ask(List<String> keys, long cost, boolean charge, long... limits) {
        List<Object> arguments = new ArrayList<>(List.of(cost, charge ? 1 : 0, Limit.EXACT_PERMITS));
        for (int i = 0; i < limits.length; i += 2) {
            arguments.addAll(List.of(limits[i], limits[i + 1], STRICT));
        }
        return bench.run(Script.DECIDE, keys, arguments.toArray());
    }

    static Verdict verdict(List<Object> reply) {
        List<Standing> standings = new ArrayList<>();
        for (int i = 2; i < reply.size(); i += 5) {
            standings.add(new Standing(Numbers.of(reply, i), Numbers.of(reply, i + 1), Numbers.of(reply, i + 2)));
        }
        Verdict verdict = Verdict.of(Numbers.of(reply, 1), standings);
        if (verdict.admitted() != (Numbers.of(reply, 0) == 1)) {
            throw new AssertionError("the reply contradicts itself: " + reply);
        }
        return verdict;
    }

    /** Lets so many microseconds pass for a window; below 0 the server's clock was set back. */
    void pass(String key, long micros) {
        byte[] bytes = (byte[]) bench.call("GET", key);
        int at = bytes[0] % 2 == 1 ? RING_BASE : COUNTS_BASE;
        byte[] eight = new byte[Long.BYTES];
        System.arraycopy(bytes, at, eight, 1, BASE);
        byte[] moved = ByteBuffer.allocate(Long.BYTES)
                .putLong(ByteBuffer.wrap(eight).getLong() - micros)
                .array();
        bench.call("SETRANGE", key, at, Arrays.copyOfRange(moved, 1, Long.BYTES));
    }

    void pass(long micros) {
        pass(KEY, micros);
    }

    /** Returns how many permits count in a window that ends now, of some that were each taken at an instant. */
    static long used(List<long[]> taken, long now, long window) {
        return taken.stream()
                .filter(each -> each[0] > now - window)
                .mapToLong(each -> each[1])
                .sum();
    }
}
