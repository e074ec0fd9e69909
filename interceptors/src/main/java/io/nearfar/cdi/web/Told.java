package io.nearfar.cdi.web;

import io.nearfar.Decision;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one request on its way: kept with it, so that nothing is charged twice and the response can tell.
 * Safe for use by several threads.
 */
final class Told {
    private static final String NAME = Told.class.getName();

    private final Map<Quota, QuotaUse> uses = new LinkedHashMap<>();
    private @Nullable Method charged;

    /** Returns that of a request. */
    static Told of(HttpServletRequest request) {
        if (request.getAttribute(NAME) instanceof Told told) {
            return told;
        }
        Told told = new Told();
        request.setAttribute(NAME, told);
        return told;
    }

    /** Notes a decision. Of one that denies, only what it counted is of use to a response that is no refusal. */
    synchronized void add(Decision decision) {
        decision.uses().forEach(use -> {
            uses.remove(use.quota());
            uses.put(use.quota(), use);
        });
    }

    /** Returns the last use of each quota. */
    synchronized Collection<QuotaUse> uses() {
        return List.copyOf(uses.values());
    }

    /** Notes that the request was charged for a call of a method. */
    synchronized void charged(Method method) {
        charged = method;
    }

    /** Tells whether it was, and forgets it. */
    synchronized boolean takeCharged(Method method) {
        boolean was = method.equals(charged);
        if (was) {
            charged = null;
        }
        return was;
    }
}
