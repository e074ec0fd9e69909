package io.nearfar.cdi.web.response;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Ends the turn of a request when that is over, whatever has become of it, so that nobody waits for what never comes. */
final class TurnFilter implements Filter {
    TurnFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && request.getDispatcherType() == DispatcherType.REQUEST) {
            follow(asked, new FailsafeResponse(asked, answer), chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void follow(HttpServletRequest request, FailsafeResponse response, FilterChain chain)
            throws IOException, ServletException {
        Turns.follow(request, response);
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException e) {
            if (!response.isAnsweredByAnOld(String.valueOf(e))) {
                throw e;
            }
        } finally {
            endOf(request);
        }
    }

    private static void endOf(HttpServletRequest request) {
        Turns.Begun begun = Turns.of(request);
        if (begun != null && !isFollowed(request, begun.turn())) {
            begun.turn().leave();
        }
    }

    /** Tells whether other threads go on with the request, whose end will be heard. */
    private static boolean isFollowed(HttpServletRequest request, ResponseTurn turn) {
        try {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new End(turn));
                return true;
            }
            return false;
        } catch (IllegalStateException isOver) {
            return false;
        }
    }

    /** Hears the end of a request that other threads go on with. */
    private record End(ResponseTurn turn) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            turn.leave();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // what is made of it comes by the filter of the response, or the request is complete
        }

        @Override
        public void onError(AsyncEvent event) {
            turn.leave();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
