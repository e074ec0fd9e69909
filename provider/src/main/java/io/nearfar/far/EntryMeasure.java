package io.nearfar.far;

import io.nearfar.far.CacheEntries.Found;
import java.util.List;
import org.redisson.client.protocol.RedisCommand;

/** Asks the same question, which a number answers, about every entry of a walk. Used by one thread. */
final class EntryMeasure {
    private static final long NOT_THERE = -2;

    private final Calls calls;
    private final RedisCommand<List<Object>> question;
    private final FarVisit.Measured met;

    EntryMeasure(Calls calls, RedisCommand<List<Object>> question, FarVisit.Measured met) {
        this.calls = calls;
        this.question = question;
        this.met = met;
    }

    /**
     * Asks about them all.
     *
     * @throws io.nearfar.FarTierUnavailableException if a server does not answer, or refuses the question
     */
    void ask(CacheEntries entries) {
        FirstFailure failure = new FirstFailure();
        for (List<Found> page = entries.next(); page != null; page = entries.next()) {
            new Survey<Found>(this::ask, this::answered, failure::tell).ask(page);
            failure.throwIfAny();
        }
    }

    private ReadCall ask(Found found) {
        return calls.read(found.partition(), question, found.name());
    }

    /** It can be gone meanwhile. */
    private void answered(Found found, List<Object> reply) {
        if (reply.get(0) instanceof Number number && number.longValue() != NOT_THERE) {
            met.tell(found.cache(), found.key(), number.longValue());
        }
    }
}
