package io.nearfar.cdi.web;

import io.nearfar.Decision;
import io.nearfar.HttpSettings;
import io.nearfar.LimitOutage;
import io.nearfar.NearfarManager;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.cache.ApplicationManager;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the requests of one web application need for their limits: opened by the first of them, and anew where the manager was
 * closed; the limiter by the first that a limit holds for. Whoever comes meanwhile does not wait, and is not counted. What cannot
 * be opened counts nothing; that is told once, and tried again after half a minute. Safe for use by several threads.
 */
final class WebLimits {
    private static final Logger LOG = LoggerFactory.getLogger(WebLimits.class);
    private static final String NAME = WebLimits.class.getName();
    /** When to try again what was denied uncounted, as the limiter has it. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ApplicationManager manager;
    private final Attempts opening;
    private final Attempts connecting;
    private final AtomicBoolean toldClosed = new AtomicBoolean();
    private final AtomicBoolean toldUncounted = new AtomicBoolean();
    private volatile @Nullable Opened opened;
    private volatile @Nullable Counting counting;

    /** The limiter of a manager. */
    private record Counting(NearfarManager manager, RateLimiter limiter) {}

    /**
     * What is open.
     *
     * @param manager whose settings and limiter these are
     * @param settings of requests over HTTP
     * @param addresses tells clients apart
     * @param fields tells clients of limits
     */
    record Opened(NearfarManager manager, HttpSettings settings, ClientAddresses addresses, LimitFields fields) {
        /** Returns the address by which a request is counted, or null if it has none. */
        @Nullable
        String address(HttpServletRequest request) {
            return addresses.of(request.getRemoteAddr(), name -> lines(request, name));
        }

        private static List<String> lines(HttpServletRequest request, String name) {
            var lines = request.getHeaders(name);
            return lines == null ? List.of() : Collections.list(lines);
        }
    }

    WebLimits(ClassLoader application, LongSupplier nanoTime) {
        this.manager = new ApplicationManager(application);
        this.opening = new Attempts(nanoTime);
        this.connecting = new Attempts(nanoTime);
    }

    /** Returns those of a web application. */
    static WebLimits of(ServletContext context) {
        Object there = context.getAttribute(NAME);
        return there instanceof WebLimits limits ? limits : added(context);
    }

    private static WebLimits added(ServletContext context) {
        synchronized (WebLimits.class) {
            if (context.getAttribute(NAME) instanceof WebLimits limits) {
                return limits;
            }
            WebLimits limits = new WebLimits(context.getClassLoader(), System::nanoTime);
            context.setAttribute(NAME, limits);
            return limits;
        }
    }

    /**
     * Returns what is open; what was open last while that cannot be opened anew, or another thread is about to; null if nothing
     * ever was. Never waits for another thread.
     */
    @Nullable
    Opened open() {
        Opened there = opened;
        if (there == null || there.manager().isClosed()) {
            make(opening, this::openNow);
        }
        return opened;
    }

    /**
     * Decides about a request that costs one permit of each. One that cannot be counted is denied if {@code nearfar.limit.outage}
     * is closed, and this returns null if it is not.
     */
    @Nullable
    Decision decide(Opened open, List<Quota> quotas) {
        RateLimiter limiter = limiter(open);
        Decision counted = limiter == null ? null : counted(limiter, open, quotas);
        return counted == null ? uncounted(open) : counted;
    }

    /** One decision that fails says nothing about the next; of a server that does not answer the limiter takes care. */
    private @Nullable Decision counted(RateLimiter limiter, Opened open, List<Quota> quotas) {
        try {
            return limiter.decide(quotas, 1);
        } catch (RuntimeException | LinkageError e) {
            if (!open.manager().isClosed() && !toldUncounted.getAndSet(true)) {
                LOG.error("NF0903 A request could not be counted, and what nearfar.limit.outage says holds for it", e);
            }
            return null; // if it was closed meanwhile, the next request opens another
        }
    }

    private static @Nullable Decision uncounted(Opened open) {
        return open.settings().outage() == LimitOutage.CLOSED
                ? new Decision(false, Decision.Basis.OUTAGE, List.of(), RETRY)
                : null;
    }

    /** Returns the limiter, or null if it cannot be opened or another thread is about to. */
    private @Nullable RateLimiter limiter(Opened open) {
        Counting there = counting;
        if (there == null || there.manager() != open.manager()) {
            make(connecting, () -> connect(open.manager()));
            there = counting;
        }
        return there != null && there.manager() == open.manager() ? there.limiter() : null;
    }

    private void connect(NearfarManager manager) {
        Counting there = counting;
        if (there == null || there.manager() != manager) {
            try {
                counting = new Counting(manager, manager.unwrap(RateLimiter.class));
            } catch (IllegalStateException e) {
                if (!manager.isClosed()) {
                    throw e;
                }
            }
        }
    }

    /** What fails is told once, since requests come by the thousand; what lasts is seen by whoever looks for it. */
    private void make(Attempts attempts, Runnable attempt) {
        try {
            attempts.make(attempt);
        } catch (RuntimeException | LinkageError e) {
            if (!toldClosed.getAndSet(true)) {
                LOG.error(
                        "NF0902 Requests are not counted, for what counts them cannot be opened: they pass, unless"
                                + " nearfar.limit.outage = closed could be read; it is tried again",
                        e);
            }
        }
    }

    private void openNow() {
        Opened there = opened;
        if (there != null && !there.manager().isClosed()) {
            return;
        }
        NearfarManager open = manager.manager();
        HttpSettings settings = open.unwrap(HttpSettings.class);
        ClientAddresses addresses = there != null && there.settings().equals(settings)
                ? there.addresses() // which know what they have told
                : new ClientAddresses(settings);
        opened = new Opened(open, settings, addresses, new LimitFields(settings));
    }
}
