package io.nearfar.cdi.web.response;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.cache.FailureLog;
import io.nearfar.cdi.web.response.ResponseTurn.Kind;
import jakarta.servlet.ServletContext;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the responses of one plan are kept. Safe for use by several threads. */
final class Shelf {
    private final ResponsePlan plan;
    private final Clock clock;
    private final FailureLog log;

    Shelf(ResponsePlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
        this.log = new FailureLog(plan.cacheName(), plan.shown(), System::nanoTime);
    }

    /**
     * What came of a request.
     *
     * @param kept the response that there is, or null
     * @param turn the turn in which the request makes it, or null if it makes one for itself alone
     */
    record Found(@Nullable KeptResponse kept, @Nullable ResponseTurn turn) {}

    /**
     * Finds the response to a request, waits for whoever makes it, or begins the turn of the request.
     *
     * @throws Throwable what the cache fails with, or a limit of its loads
     */
    Found find(Asked asked, ServletContext application) throws Throwable {
        NearfarCache<Object, Object> cache = ResponseCaches.of(application).cache(plan.cacheName());
        Object key = ResponseKeys.of(asked, plan.key());
        if (ResponseRules.isHead(asked)) {
            return new Found(KeptResponse.of(cache.get(key)), null);
        }
        ResponseTurn turn = new ResponseTurn();
        Kind kind = turn.follow(cache.getOrLoadAsync(key, turn));
        Object answer = kind == Kind.ANSWERED ? turn.answer() : null;
        KeptResponse kept = KeptResponse.of(answer);
        if (answer != null && kept == null) { // of another release, or of something else that uses the cache
            turn = new ResponseTurn();
            kind = turn.follow(cache.reloadAsync(key, turn));
        }
        if (kind == Kind.OWN) {
            turn.tell(log::failed, log::worked);
        }
        return new Found(kept, kind == Kind.OWN ? turn : null);
    }

    /** Returns a kept response as the answer to a request. */
    Answer answer(Asked asked, KeptResponse kept) {
        return Answer.of(asked, plan, kept, Duration.between(kept.made(), clock.instant()));
    }

    /** Tells what the cache could not do. */
    FailureLog log() {
        return log;
    }
}
