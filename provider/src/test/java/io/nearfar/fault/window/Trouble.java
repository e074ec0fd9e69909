package io.nearfar.fault.window;

import io.nearfar.fault.node.Pace;
import java.util.concurrent.TimeUnit;

/** What happens while requests arrive. */
enum Trouble {
    FLUSHED(false) {
        @Override
        void happen(Attack attack, Range range) {
            attack.lose(() -> range.redis().call("FLUSHALL"));
        }
    },
    RESTARTED(true) {
        @Override
        void happen(Attack attack, Range range) {
            attack.lose(() -> {
                range.redis().kill();
                range.redis().restart();
            });
        }
    },
    SCRIPTS_FLUSHED(false) {
        @Override
        void happen(Attack attack, Range range) {
            range.redis().call("SCRIPT", "FLUSH");
        }
    },
    /** For longer than a decision waits, so what it had been asked it finds when nobody waits any more. */
    FROZEN(true) {
        @Override
        void happen(Attack attack, Range range) {
            range.redis().freeze();
            Pace.rest(TimeUnit.MILLISECONDS.toNanos(450));
            range.redis().thaw();
        }
    },
    /** One node's questions reach the server, and the answers nobody. */
    ANSWERS_LOST(true) {
        @Override
        void happen(Attack attack, Range range) {
            range.relay().hold();
            attack.rest(0.1);
            range.relay().cutClients();
            range.relay().pass();
        }
    };

    private final boolean takesAnswers;

    Trouble(boolean takesAnswers) {
        this.takesAnswers = takesAnswers;
    }

    /** Tells whether some requests surely find nobody who answers. */
    boolean takesAnswers() {
        return takesAnswers;
    }

    abstract void happen(Attack attack, Range range);
}
