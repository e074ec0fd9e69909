package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.limit.LeasingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Where nodes of a test lease credits: the scripts on a real server whose clock a test moves, over a network that can be slow or
 * lose answers.
 */
final class LeaseBench implements LeasingNode.Counting {
    private static final FarTierUnavailableException LOST = new FarTierUnavailableException("lost");

    /** Ahead of the real clock, by which keys expire: what is over goes by the scripts alone. */
    private static final long AHEAD = TimeUnit.HOURS.toMicros(1);

    private static final int BASE = 5;
    private static final int NUMBERS_OF_A_STANDING = 5;

    private final ScriptBench bench;
    private long now;
    private long charged;
    private int questions;

    /** What happens while a question is on its way, and while the answer is. */
    Runnable onTheWay = () -> {};

    Runnable onTheWayBack = () -> {};
    boolean isOut;
    boolean losesAnswers;

    LeaseBench(ScriptBench bench) {
        this.bench = bench;
        this.now = bench.now() + AHEAD;
    }

    /** Returns the present in microseconds. */
    long now() {
        return now;
    }

    /** Returns what a clock that runs as fast shows, in nanoseconds. */
    long nanos() {
        return TimeUnit.MICROSECONDS.toNanos(now);
    }

    void passMillis(long millis) {
        now += TimeUnit.MILLISECONDS.toMicros(millis);
    }

    /** Returns the instant of the last charge. */
    long charged() {
        return charged;
    }

    int questions() {
        return questions;
    }

    private static String key(Quota quota) {
        return "{t}:q:" + quota.limit().name() + ":" + quota.key();
    }

    /** The server takes a moment, so that no two charges are of one instant. */
    private List<Object> ask(List<Quota> quotas, long cost, boolean charge, Wishes wishes) {
        List<Object> arguments = new ArrayList<>(List.of(cost, charge ? 1 : 0, Limit.EXACT_PERMITS));
        for (Quota quota : quotas) {
            Limit limit = quota.limit();
            arguments.add(limit.permits());
            arguments.add(TimeUnit.NANOSECONDS.toMicros(limit.window().toNanos()));
            arguments.add(Credits.areLeased(limit) ? wishes.of(quota) : -1);
        }
        now++;
        List<String> names = quotas.stream().map(LeaseBench::key).toList();
        return bench.runAt(now, Script.DECIDE, names, arguments.toArray());
    }

    @Override
    public Counted decide(List<Quota> quotas, long cost, boolean charge, Wishes wishes) {
        questions++;
        onTheWay.run();
        if (isOut) {
            return Counted.nothing(LOST);
        }
        boolean isLost = losesAnswers;
        List<Object> reply = ask(quotas, cost, charge, wishes);
        onTheWayBack.run();
        return isLost ? Counted.nothing(LOST) : counted(quotas, cost, charge, reply);
    }

    private Counted counted(List<Quota> quotas, long cost, boolean charge, List<Object> reply) {
        List<Standing> standings = IntStream.range(0, quotas.size())
                .mapToObj(i -> LimitScripts.standing(reply, i, 0))
                .toList();
        List<Grant> grants = new ArrayList<>();
        Verdict verdict = Verdict.of(Numbers.of(reply, 1), standings);
        if (charge && verdict.admitted()) {
            LimitScripts.addGrants(quotas, reply, grants);
            charged = verdict.now();
        }
        Runnable refund = charge && verdict.admitted() ? () -> refund(quotas, cost, reply) : () -> {};
        return new Counted(quotas, verdict, null, List.of(), grants, refund);
    }

    private void refund(List<Quota> quotas, long cost, List<Object> reply) {
        List<Object> arguments = new ArrayList<>(List.of(cost, Numbers.of(reply, 1)));
        for (int i = 0; i < quotas.size(); i++) {
            arguments.add(Numbers.of(reply, BASE + NUMBERS_OF_A_STANDING * i));
        }
        if (!isOut) {
            bench.runAt(now, Script.REFUND, quotas.stream().map(LeaseBench::key).toList(), arguments.toArray());
        }
    }

    @Override
    public List<GivenBack> giveBack(List<Unspent> unspent) {
        return unspent.stream().map(this::giveBack).toList();
    }

    private GivenBack giveBack(Unspent unspent) {
        Grant grant = unspent.grant();
        List<String> keys = List.of(key(grant.quota()));
        Object[] arguments = {unspent.credits(), grant.instant(), grant.base()};
        return isOut ? GivenBack.UNANSWERED : LimitScripts.givenBack(bench.runAt(now, Script.REFUND, keys, arguments));
    }

    @Override
    public void reset(Quota quota) {
        bench.runAt(now, Script.FORGET, List.of(key(quota)));
    }

    /** Returns how many permits count, by the server. */
    long used(Quota quota) {
        return LimitScripts.standing(ask(List.of(quota), 1, false, Wishes.NONE), 0, 0)
                .used();
    }
}
