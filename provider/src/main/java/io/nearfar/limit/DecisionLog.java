package io.nearfar.limit;

import io.nearfar.Decision;
import io.nearfar.Quota;
import io.nearfar.observe.OperationLog;
import io.nearfar.observe.ShownKeys;
import java.util.Collection;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at level DEBUG of each decision: about what, what it came to, what that rests on, and how long it took. Decisions by memory
 * look at one field for it, which is brought up to date by those that ask. Safe for use by several threads.
 */
final class DecisionLog {
    private final ShownKeys keys;
    private final Logger log;
    private final BooleanSupplier wanted;
    private volatile boolean on;

    DecisionLog(ShownKeys keys) {
        this(keys, LoggerFactory.getLogger(OperationLog.LOGGER + ".limit"));
    }

    private DecisionLog(ShownKeys keys, Logger log) {
        this(keys, log, log::isDebugEnabled);
    }

    /** Creates one that writes where {@code wanted} says so. */
    DecisionLog(ShownKeys keys, Logger log, BooleanSupplier wanted) {
        this.keys = keys;
        this.log = log;
        this.wanted = wanted;
        this.on = wanted.getAsBoolean();
    }

    /** Tells whether decisions are to be told, as was known when that was last looked at. */
    boolean isOn() {
        return on;
    }

    /** Looks whether decisions are to be told. */
    void look() {
        boolean now = wanted.getAsBoolean();
        if (on != now) {
            on = now;
        }
    }

    /** Tells of a decision that was asked for at that instant of {@link System#nanoTime}, and returns it. */
    Decision told(Collection<Quota> asked, Decision decision, long start) {
        String quotas = asked.stream().map(this::shown).collect(Collectors.joining(", "));
        log.debug(
                "limit: decide {}: {} in {} ms",
                quotas,
                result(decision),
                OperationLog.millis(System.nanoTime() - start));
        return decision;
    }

    private String shown(Quota quota) {
        String name = quota.limit().name();
        return quota.key().isEmpty() ? name : name + " " + keys.of(quota.key(), quota.key());
    }

    private static String result(Decision decision) {
        String basis = decision.basis().name().toLowerCase(Locale.ROOT);
        return decision.admitted()
                ? "admitted, " + basis
                : "denied, " + basis + ", room after " + decision.retryAfter().toMillis() + " ms,";
    }
}
