package io.nearfar.cdi.web.response;

import io.nearfar.EntryOptions;
import io.nearfar.RateLimitExceededException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests whose paths the settings name with what is kept, and keeps what servlets, resources or files answer. Behind the
 * filters that the application declares.
 */
final class PathFilter implements Filter {
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final Clock clock;

    PathFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            filter(new AskedOfServlet(asked), answer, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void filter(AskedOfServlet asked, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<PathPlan> plans = PathPlans.of(asked.request().getServletContext());
        PathPlan plan = plans.isEmpty() ? null : PathPlans.closest(plans, asked.served());
        boolean isMeant = plan != null
                && Turns.areFollowed(asked.request())
                && !asked.request().isRequestedSessionIdFromURL()
                && !"websocket".equalsIgnoreCase(asked.header("Upgrade"))
                && ResponseRules.mayShare(asked, plan.plan().sharing());
        if (plan != null && isMeant) {
            answer(asked, response, chain, plan);
        } else {
            chain.doFilter(asked.request(), response);
        }
    }

    private void answer(AskedOfServlet asked, HttpServletResponse response, FilterChain chain, PathPlan plan)
            throws IOException, ServletException {
        Shelf.Found found = found(asked, plan);
        KeptResponse kept = found.kept();
        if (kept != null) {
            plan.shelf().log().worked();
            plan.shelf().answer(asked, kept).write(response, !ResponseRules.isHead(asked));
            return;
        }
        ResponseTurn turn = found.turn();
        if (turn == null && plan.settings().fallback() == null) {
            chain.doFilter(asked.request(), response);
            return;
        }
        Turns.Begun begun = Turns.begin(
                asked.request(),
                turn == null ? ResponseTurn.ended() : turn,
                old -> plan.shelf().answer(asked, old),
                () -> null);
        if (begun == null) {
            chain.doFilter(asked.request(), response);
        } else {
            make(asked, new HeldResponse(response), chain, plan, begun);
        }
    }

    private static Shelf.Found found(AskedOfServlet asked, PathPlan plan) {
        try {
            return plan.shelf().find(asked, asked.request().getServletContext());
        } catch (RateLimitExceededException e) {
            throw e; // to go on would be a way around the limit of loads
        } catch (Throwable e) {
            plan.shelf().log().failed(e);
            return new Shelf.Found(null, null);
        }
    }

    private void make(AskedOfServlet asked, HeldResponse response, FilterChain chain, PathPlan plan, Turns.Begun begun)
            throws IOException, ServletException {
        try {
            chain.doFilter(new BareRequest(asked.request(), response::release), response);
        } catch (RuntimeException | ServletException e) {
            if (response.isCommitted()
                    || isRefusal(e)
                    || !isAnsweredInstead(asked, response, plan, begun, String.valueOf(e))) {
                throw e;
            }
            return;
        }
        if (asked.request().isAsyncStarted()) {
            response.release();
            begun.turn().leave();
            return;
        }
        HeldResponse.Failure failure = response.failure();
        int status = failure == null ? response.getStatus() : failure.status();
        boolean hasFailed = status >= SERVER_ERROR && !response.isCommitted();
        if (!hasFailed || !isAnsweredInstead(asked, response, plan, begun, "status " + status)) {
            finish(asked, response, plan, begun);
        }
    }

    /** Answers a request that has failed with an old response or the fallback; tells whether there is one. */
    private static boolean isAnsweredInstead(
            AskedOfServlet asked, HeldResponse response, PathPlan plan, Turns.Begun begun, String failure)
            throws IOException, ServletException {
        HttpServletResponse real = (HttpServletResponse) response.getResponse();
        Answer old = begun.fail("GET " + asked.path() + " was answered with " + failure);
        if (old != null) {
            old.send(real);
            return true;
        }
        String fallback = plan.settings().fallback();
        RequestDispatcher dispatcher = fallback == null ? null : asked.request().getRequestDispatcher(fallback);
        if (dispatcher == null) {
            return false;
        }
        real.reset();
        real.setHeader("Cache-Control", "no-store");
        dispatcher.forward(new BareRequest(asked.request(), () -> {}), real);
        return true;
    }

    private void finish(AskedOfServlet asked, HeldResponse response, PathPlan plan, Turns.Begun begun)
            throws IOException {
        try {
            byte[] body = response.body();
            boolean isKept = body != null
                    && body.length > 0
                    && begun.turn().isAwaited()
                    && response.getStatus() == OK
                    && !response.isCommitted()
                    && ResponseRules.mayKeep(name -> all(response, name), plan.plan(), begun.setsCookies());
            if (body != null && isKept) {
                KeptResponse made = kept(response, body);
                keep(asked, plan, begun.turn(), made);
                Answer.of(asked, plan.plan(), made, null).write((HttpServletResponse) response.getResponse(), true);
            } else {
                response.end();
            }
        } finally {
            begun.turn().leave();
        }
    }

    private static void keep(AskedOfServlet asked, PathPlan plan, ResponseTurn turn, KeptResponse made) {
        try {
            EntryOptions options = plan.options(asked.served());
            turn.make(made.bytes(), options);
        } catch (IOException | RuntimeException e) { // tags that an entry cannot carry: nobody could invalidate it
            plan.shelf().log().failed(e);
        }
    }

    private KeptResponse kept(HeldResponse response, byte[] body) {
        List<KeptResponse.Field> fields = new ArrayList<>();
        String type = response.getContentType();
        add(fields, "Content-Type", type);
        if (!response.fields().contains("etag")) {
            add(fields, "ETag", EntityTags.of(type, body));
        }
        for (String name : response.fields()) {
            if (ResponseBody.isKept(name)) {
                response.getHeaders(name).forEach(value -> add(fields, name, value));
            }
        }
        return new KeptResponse(clock.instant(), List.copyOf(fields), body);
    }

    /** What a rate limit refuses is no failure. */
    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof RateLimitExceededException || thrown.getCause() instanceof RateLimitExceededException;
    }

    private static String all(HttpServletResponse response, String name) {
        return String.join(",", response.getHeaders(name));
    }

    private static void add(List<KeptResponse.Field> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add(new KeptResponse.Field(name, value));
        }
    }
}
