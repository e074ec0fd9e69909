package io.nearfar.cdi.web.response;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the turn of a request is kept until its response, or its end if there is no response. */
final class Turns {
    private static final String RESPONSE = Turns.class.getName() + ".response";
    private static final String TURN = Turns.class.getName() + ".turn";

    private Turns() {}

    /** A turn that was begun. Used by one thread after the other. */
    static final class Begun {
        private final ResponseTurn turn;
        private final HttpServletResponse response;
        private final Function<KeptResponse, Answer> answers;
        private volatile @Nullable Answer old;

        private Begun(ResponseTurn turn, HttpServletResponse response, Function<KeptResponse, Answer> answers) {
            this.turn = turn;
            this.response = response;
            this.answers = answers;
        }

        ResponseTurn turn() {
            return turn;
        }

        /** Tells whether anything outside of JAX-RS has set cookies, such as one of a session that was begun. */
        boolean setsCookies() {
            return response.containsHeader("Set-Cookie");
        }

        /** Ends the turn with a failure if it has not ended; returns the answer of an old response to it, or null. */
        @Nullable
        Answer fail(String what) {
            Answer present = old;
            if (present == null) {
                KeptResponse kept = KeptResponse.of(turn.fail(what));
                present = kept == null ? null : answers.apply(kept);
                old = present;
            }
            return present;
        }
    }

    /** Notes that somebody will end the turns of a request. */
    static void follow(HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(RESPONSE, response);
    }

    /** Tells whether somebody will. */
    static boolean areFollowed(HttpServletRequest request) {
        return request.getAttribute(RESPONSE) instanceof HttpServletResponse;
    }

    /**
     * Begins the turn of a request.
     *
     * @param answers makes answers to it of old responses
     */
    static void begin(
            ContainerRequestContext context,
            HttpServletRequest request,
            ResponseTurn turn,
            Function<KeptResponse, Answer> answers) {
        if (request.getAttribute(RESPONSE) instanceof HttpServletResponse response) {
            Begun begun = new Begun(turn, response, answers);
            request.setAttribute(TURN, begun);
            context.setProperty(TURN, begun);
        }
    }

    /** Returns the turn of a request, or null if it has none. */
    static @Nullable Begun of(ContainerRequestContext context) {
        return context.getProperty(TURN) instanceof Begun begun ? begun : null;
    }

    /** Likewise, as the server knows the request. */
    static @Nullable Begun of(HttpServletRequest request) {
        return request.getAttribute(TURN) instanceof Begun begun ? begun : null;
    }
}
