package io.nearfar.cdi.web.response;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the turn of a request is kept until its response, or its end if there is no response. */
final class Turns {
    private static final String RESPONSE = Turns.class.getName() + ".response";
    private static final String TURN = Turns.class.getName() + ".turn";
    /** Implementations may keep properties of a request with its attributes, where other turns must not be seen. */
    private static final String TURN_OF_RESOURCE = TURN + ".resource";

    private Turns() {}

    /** A turn that was begun. Used by one thread after the other. */
    static final class Begun {
        private final ResponseTurn turn;
        private final HttpServletResponse response;
        private final Function<KeptResponse, Answer> answers;
        private final Supplier<@Nullable Answer> fallback;
        private volatile @Nullable Answer instead;

        private Begun(
                ResponseTurn turn,
                HttpServletResponse response,
                Function<KeptResponse, Answer> answers,
                Supplier<@Nullable Answer> fallback) {
            this.turn = turn;
            this.response = response;
            this.answers = answers;
            this.fallback = fallback;
        }

        ResponseTurn turn() {
            return turn;
        }

        /** Tells whether anything outside of JAX-RS has set cookies, such as one of a session that was begun. */
        boolean setsCookies() {
            return response.containsHeader("Set-Cookie");
        }

        /** Ends the turn with a failure if it has not ended; returns an old response's answer to it, else the fallback's, or null. */
        @Nullable
        Answer fail(String what) {
            Answer present = instead;
            if (present == null) {
                KeptResponse kept = KeptResponse.of(turn.fail(what));
                present = kept == null ? fallback.get() : answers.apply(kept);
                instead = present;
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
     * @param fallback answers it where there is no old response; returns null if nothing does
     * @return what has begun, or null if nobody would end it
     */
    static @Nullable Begun begin(
            HttpServletRequest request,
            ResponseTurn turn,
            Function<KeptResponse, Answer> answers,
            Supplier<@Nullable Answer> fallback) {
        if (request.getAttribute(RESPONSE) instanceof HttpServletResponse response) {
            Begun begun = new Begun(turn, response, answers, fallback);
            request.setAttribute(TURN, begun);
            return begun;
        }
        return null;
    }

    /** Has JAX-RS know of what has begun. */
    static void tell(ContainerRequestContext context, @Nullable Begun begun) {
        context.setProperty(TURN_OF_RESOURCE, begun);
    }

    /** Returns the turn of a request to a resource, or null if it has none. */
    static @Nullable Begun of(ContainerRequestContext context) {
        return context.getProperty(TURN_OF_RESOURCE) instanceof Begun begun ? begun : null;
    }

    /** Returns the turn of a request to whatever answers it, or null if it has none. */
    static @Nullable Begun of(HttpServletRequest request) {
        return request.getAttribute(TURN) instanceof Begun begun ? begun : null;
    }
}
