package io.nearfar.cdi.web.response;

import io.nearfar.EntryOptions;
import io.nearfar.RateLimitExceededException;
import io.nearfar.cdi.web.CurrentRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
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
    private final Shelf shelf;

    ResponseFilter(ResponsePlan plan, ResponseBody bodies, Clock clock) {
        this.plan = plan;
        this.bodies = bodies;
        this.clock = clock;
        this.shelf = new Shelf(plan, clock);
    }

    /** Ends the request if there is a response to it, or leaves it to go on. One that is kept by its path is not kept twice. */
    @Override
    public void filter(ContainerRequestContext context) {
        HttpServletRequest request = CurrentRequest.get();
        Asked asked = new AskedOfRest(context);
        if (request == null
                || !Turns.areFollowed(request)
                || Turns.of(request) != null
                || !ResponseRules.mayShare(asked, plan.sharing())) {
            return;
        }
        try {
            Shelf.Found found = shelf.find(asked, request.getServletContext());
            KeptResponse kept = found.kept();
            if (kept != null) {
                shelf.log().worked();
                context.abortWith(shelf.answer(asked, kept).response());
            } else {
                begin(context, request, found.turn());
            }
        } catch (RateLimitExceededException e) {
            throw e; // to call the method would be a way around the limit of loads
        } catch (Throwable e) {
            shelf.log().failed(e);
            begin(context, request, null);
        }
    }

    private void begin(ContainerRequestContext context, HttpServletRequest request, @Nullable ResponseTurn turn) {
        if (turn != null || plan.fallback() != null) {
            Asked asked = new AskedOfRest(context);
            Turns.Begun begun = Turns.begin(
                    request,
                    turn == null ? ResponseTurn.ended() : turn,
                    old -> shelf.answer(asked, old),
                    fallback(context));
            Turns.tell(context, begun);
        }
    }

    /** The resource is known now, and may be known no longer when the request has failed. */
    private Supplier<@Nullable Answer> fallback(ContainerRequestContext context) {
        ResponseFallback fallback = plan.fallback();
        List<Object> resources =
                fallback == null ? List.of() : context.getUriInfo().getMatchedResources();
        return fallback == null || resources.isEmpty()
                ? () -> null
                : () -> fallback.answer(resources.get(0), context, bodies);
    }

    /** Keeps a response if it may be kept; puts an old one, or the fallback, in the place of one that failed. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        Turns.Begun begun = Turns.of(request);
        if (begun == null) {
            return;
        }
        ResponseTurn turn = begun.turn();
        if (response.getStatus() >= SERVER_ERROR) {
            Answer instead = begun.fail(failure(request, response));
            if (instead != null) {
                instead.replace(response);
            }
            return;
        }
        try {
            if (turn.isAwaited() && ResponseRules.mayKeep(response, plan, begun.setsCookies())) {
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
            Answer.of(new AskedOfRest(request), plan, made, null).replace(response);
        }
    }

    private void make(ResponseTurn turn, KeptResponse made, EntryOptions options) {
        try {
            turn.make(made.bytes(), options);
        } catch (IOException e) {
            shelf.log().failed(e);
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
            shelf.log().failed(e);
            return null;
        }
    }

    private static String failure(ContainerRequestContext request, ContainerResponseContext response) {
        return "GET " + request.getUriInfo().getPath() + " was answered with status " + response.getStatus();
    }
}
