package io.nearfar.cdi.web.response;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.RateLimitExceededException;
import io.nearfar.cdi.cache.FailureLog;
import io.nearfar.cdi.web.CurrentRequest;
import io.nearfar.cdi.web.response.ResponseTurn.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for one method with what is kept, after all other filters of requests; and keeps what the method answers, before
 * all other filters of responses, which come to see the same of both.
 */
final class ResponseFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final int SERVER_ERROR = 500;

    private final ResponsePlan plan;
    private final ResponseBody bodies;
    private final Clock clock;
    private final FailureLog log;

    ResponseFilter(ResponsePlan plan, ResponseBody bodies, Clock clock) {
        this.plan = plan;
        this.bodies = bodies;
        this.clock = clock;
        this.log = new FailureLog(plan.cacheName(), plan.shown(), System::nanoTime);
    }

    /** Ends the request if there is a response to it, or leaves it to go on. */
    @Override
    public void filter(ContainerRequestContext context) {
        HttpServletRequest request = CurrentRequest.get();
        if (request == null || !Turns.areFollowed(request) || !ResponseRules.mayShare(context, plan.sharing())) {
            return;
        }
        try {
            KeptResponse kept = kept(context, request);
            if (kept != null) {
                log.worked();
                context.abortWith(Answer.of(context, plan, kept, age(kept)).response());
            }
        } catch (RateLimitExceededException e) {
            throw e; // to call the method would be a way around the limit of loads
        } catch (Throwable e) {
            log.failed(e);
        }
    }

    private @Nullable KeptResponse kept(ContainerRequestContext context, HttpServletRequest request) throws Throwable {
        NearfarCache<Object, Object> cache =
                ResponseCaches.of(request.getServletContext()).cache(plan.cacheName());
        Object key = ResponseKeys.of(context, plan.key(), ResponseRules.principal(context));
        if (ResponseRules.isHead(context)) {
            return KeptResponse.of(cache.get(key));
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
            Turns.begin(context, request, turn, old -> Answer.of(context, plan, old, age(old)));
        }
        return kept;
    }

    /** Keeps a response if it may be kept; puts an old one in the place of one that failed. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        Turns.Begun begun = Turns.of(request);
        if (begun == null) {
            return;
        }
        ResponseTurn turn = begun.turn();
        if (response.getStatus() >= SERVER_ERROR) {
            Answer old = begun.fail(failure(request, response));
            if (old != null) {
                old.replace(response);
            }
            return;
        }
        try {
            if (ResponseRules.mayKeep(response, plan, begun.setsCookies())) {
                keep(request, response, turn);
            }
        } finally {
            turn.leave();
        }
    }

    private void keep(ContainerRequestContext request, ContainerResponseContext response, ResponseTurn turn)
            throws IOException {
        Object entity = response.getEntity();
        KeptResponse made = bodies.of(response, clock.instant());
        if (made != null) {
            EntryOptions options = options(request, entity);
            if (options != null) {
                make(turn, made, options);
            }
            Answer.of(request, plan, made, null).replace(response);
        }
    }

    private void make(ResponseTurn turn, KeptResponse made, EntryOptions options) {
        try {
            turn.make(made.bytes(), options);
        } catch (IOException e) {
            log.failed(e);
        }
    }

    /** Returns how a response is kept, or null if its tags cannot be told: then nobody could invalidate it. */
    private @Nullable EntryOptions options(ContainerRequestContext request, Object entity) {
        if (plan.tags().isIdle()) {
            return plan.options();
        }
        try {
            return plan.options()
                    .withTags(plan.tags()
                            .tags(
                                    place -> place.isOfResult() ? entity : plan.argument(place.position(), request),
                                    plan::shown));
        } catch (RuntimeException e) {
            log.failed(e);
            return null;
        }
    }

    private Duration age(KeptResponse kept) {
        return Duration.between(kept.made(), clock.instant());
    }

    private static String failure(ContainerRequestContext request, ContainerResponseContext response) {
        return "GET " + request.getUriInfo().getPath() + " was answered with status " + response.getStatus();
    }
}
