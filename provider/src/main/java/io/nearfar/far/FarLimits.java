package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Quota;
import io.nearfar.config.FarSettings;
import io.nearfar.far.Session.Node;
import io.nearfar.key.Keyspace;
import io.nearfar.observe.FarSignals;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests counted by the server, over a link of their own: so they have a deadline and a breaker of their own, and wait
 * behind no large value. Safe for use by several threads.
 */
public final class FarLimits implements AutoCloseable {
    private final Link link;
    private final LimitScripts scripts;
    private final long deadlineNanos;
    private final FarSignals signals = new FarSignals();

    private FarLimits(FarSettings settings, Duration deadline) {
        Keyspace keyspace = new Keyspace(settings.prefix(), settings.address().database());
        this.link = new Link(settings, keyspace, new LimitWarmUp(keyspace));
        this.scripts = new LimitScripts(keyspace, new Calls(link, deadline, signals));
        this.deadlineNanos = deadline.toNanos();
    }

    /**
     * Connects, for at most five seconds. If the server cannot be reached, this starts in an outage and joins when the
     * server comes.
     *
     * @param settings of the link
     * @param deadline of a decision
     * @throws javax.cache.CacheException if the server refuses what waiting cannot cure, unless the start policy is
     *     lenient; if it cannot be reached and the policy is to require it. Names address and cause, never the password.
     */
    public static FarLimits open(FarSettings settings, Duration deadline) {
        FarLimits limits = new FarLimits(settings, deadline);
        try {
            limits.link.start();
            return limits;
        } catch (RuntimeException e) {
            limits.close();
            throw e;
        }
    }

    /**
     * Looks at all quotas, none of them twice, and then charges a request that all admit. One question; on a cluster on which
     * the quotas lie in several slots one to each slot, then another one to those that were only looked at before, and, if
     * one of them denies the request, one that takes back what was charged.
     *
     * @param charge whether to charge it, or only to look
     * @param since the instant of {@link System#nanoTime} from which the deadline runs
     * @return what the servers have said that answered within the deadline; what was sent to others may have been charged,
     *     and will not be any more
     */
    public Counted decide(List<Quota> quotas, long cost, boolean charge, long since) {
        try {
            Poll poll = new Poll(scripts, quotas, cost, since + deadlineNanos);
            return charge ? poll.charge() : poll.look();
        } catch (FarTierUnavailableException e) {
            return Counted.nothing(e);
        }
    }

    /**
     * Forgets what was counted for a quota.
     *
     * @throws io.nearfar.FarTierUnavailableException if the server does not answer
     */
    public void reset(Quota quota) {
        scripts.forget(quota);
    }

    /** Tells whether somebody counts every quota, and none of them is known not to answer. */
    public boolean isWhole() {
        try {
            Session session = link.session();
            return IntStream.range(0, Keyspace.PARTITIONS).allMatch(partition -> answers(session.node(partition)));
        } catch (FarTierUnavailableException e) {
            return false;
        }
    }

    private static boolean answers(@Nullable Node node) {
        return node != null && !node.master().breaker().isOpen();
    }

    /** Returns what counts the questions. */
    public FarSignals signals() {
        return signals;
    }

    /** Returns how often a server was found not to answer and left alone for a while. */
    public long breakerOpenings() {
        return link.breakerOpenings();
    }

    /** Frees connections and threads; what was counted stays. Closing twice has no further effect. */
    @Override
    public void close() {
        link.close();
    }
}
