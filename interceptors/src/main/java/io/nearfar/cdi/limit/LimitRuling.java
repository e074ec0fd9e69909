package io.nearfar.cdi.limit;

import io.nearfar.Decision;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call.
 *
 * @param decision what the limits said; null if none was asked, because the caller is exempt, or all are switched off or in
 *     shadow mode
 * @param fallback what answers in the method's place if it is refused, or null
 */
public record LimitRuling(
        @Nullable Decision decision, @Nullable Method fallback) {
    /** Tells whether the method may be called. */
    public boolean admits() {
        return decision == null || decision.admitted();
    }
}
