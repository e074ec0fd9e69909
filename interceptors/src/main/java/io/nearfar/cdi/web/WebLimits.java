package io.nearfar.cdi.web;

import io.nearfar.Decision;
import io.nearfar.HttpSettings;
import io.nearfar.NearfarManager;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.cache.ApplicationManager;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the requests of one web application need for their limits: opened by the first of them, and anew where the manager was
 * closed; the limiter by the first that a limit holds for. What cannot be opened limits nothing; that is told once, and tried
 * again after half a minute. Safe for use by several threads.
 */
final class WebLimits {
    private static final Logger LOG = LoggerFactory.getLogger(WebLimits.class);
    private static final String NAME = WebLimits.class.getName();
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(30);

    private final ApplicationManager manager;
    private final LongSupplier nanoTime;
    private volatile @Nullable Opened opened;
    private volatile @Nullable Long failed;
    private volatile boolean told;

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
        this.nanoTime = nanoTime;
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

    /** Returns what is open, or null if it cannot be opened. */
    @Nullable
    Opened open() {
        Opened there = opened;
        return there != null && !there.manager().isClosed() ? there : tried(this::openNow);
    }

    /** Decides about a request that costs one permit of each; null if that cannot be counted. */
    @Nullable
    Decision decide(Opened open, List<Quota> quotas) {
        return tried(() -> open.manager().unwrap(RateLimiter.class).decide(quotas, 1));
    }

    private <T> @Nullable T tried(Supplier<T> attempt) {
        Long last = failed;
        if (last != null && nanoTime.getAsLong() - last < PAUSE) {
            return null;
        }
        try {
            T done = attempt.get();
            failed = null;
            return done;
        } catch (RuntimeException | LinkageError e) {
            Opened there = opened;
            if (e instanceof IllegalStateException
                    && there != null
                    && there.manager().isClosed()) {
                return null; // closed meanwhile; the next request opens another
            }
            failed = nanoTime.getAsLong();
            tell(e);
            return null;
        }
    }

    private synchronized Opened openNow() {
        Opened there = opened;
        if (there != null && !there.manager().isClosed()) {
            return there;
        }
        NearfarManager open = manager.manager();
        HttpSettings settings = open.unwrap(HttpSettings.class);
        ClientAddresses addresses = there != null && there.settings().equals(settings)
                ? there.addresses() // which know what they have told
                : new ClientAddresses(settings);
        Opened made = new Opened(open, settings, addresses, new LimitFields(settings));
        opened = made;
        return made;
    }

    /** Once, since requests come by the thousand; what lasts is seen by whoever looks for it. */
    private void tell(Throwable cause) {
        if (!told) {
            told = true;
            LOG.error(
                    "NF0902 Requests are not limited, for what counts them cannot be opened; it is tried again", cause);
        }
    }
}
