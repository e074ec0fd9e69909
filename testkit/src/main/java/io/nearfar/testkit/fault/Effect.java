package io.nearfar.testkit.fault;

import io.nearfar.testkit.wire.Frame;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a fault does to connections; each kind answers one of these questions otherwise than a good network. */
interface Effect {
    /** Returns how many nanoseconds longer something takes that way. */
    default long delay(Direction way) {
        return 0;
    }

    /** Tells whether new connections are turned away. */
    default boolean refuses() {
        return false;
    }

    /** Tells whether everything stays where it is. */
    default boolean freezes() {
        return false;
    }

    /** Returns the error that answers a command of that name in the server's place, or null. */
    default @Nullable String answer(String command) {
        return null;
    }

    /** Tells whether something that the server sends never arrives. */
    default boolean loses(Frame frame) {
        return false;
    }

    /** Everything takes longer that way. */
    record Latency(Direction way, long nanos) implements Effect {
        @Override
        public long delay(Direction asked) {
            return asked == way ? nanos : 0;
        }
    }

    /** Nobody lets new connections in. */
    record Refusal() implements Effect {
        @Override
        public boolean refuses() {
            return true;
        }
    }

    /** Nothing moves. */
    record Frost() implements Effect {
        @Override
        public boolean freezes() {
            return true;
        }
    }

    /** Commands are answered with an error. */
    record Errors(String reply, Predicate<String> which) implements Effect {
        @Override
        public @Nullable String answer(String command) {
            return which.test(command) ? reply : null;
        }
    }

    /** Published messages do not arrive. */
    record Deafness() implements Effect {
        private static final Set<String> MESSAGES = Set.of("message", "pmessage", "smessage");

        @Override
        public boolean loses(Frame frame) {
            return frame.bytes()[0] != '$' && MESSAGES.contains(frame.text(0));
        }
    }
}
