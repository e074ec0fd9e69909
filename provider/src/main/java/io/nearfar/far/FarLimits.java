package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.config.FarSettings;
import io.nearfar.far.Session.Node;
import io.nearfar.key.Keyspace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests counted by the server, over a link of their own: so they have a deadline and a breaker of their own, and wait
 * behind no large value. Safe for use by several threads.
 */
public final class FarLimits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FarLimits.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Limit NOBODY = new Limit("none", 1, PATIENCE);

    private final Keyspace keyspace;
    private final Link link;
    private final LimitScripts scripts;
    private final long deadlineNanos;

    private FarLimits(FarSettings settings, Duration deadline) {
        this.keyspace = new Keyspace(settings.prefix(), settings.address().database());
        this.link = new Link(settings, keyspace, Hearing.NOTHING);
        this.scripts = new LimitScripts(keyspace, new Calls(link, deadline));
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
            limits.warmUp(deadline);
            return limits;
        } catch (RuntimeException e) {
            limits.close();
            throw e;
        }
    }

    /** Teaches every server the script, and this process what it needs for a call, while nobody is in a hurry. */
    private void warmUp(Duration deadline) {
        Duration patience = deadline.compareTo(PATIENCE) < 0 ? PATIENCE : deadline;
        LimitScripts patient = new LimitScripts(keyspace, new Calls(link, patience));
        try {
            List<Quota> each = oneOfEachServer();
            new Poll(patient, each, 1, System.nanoTime() + patience.toNanos()).look();
        } catch (FarTierUnavailableException e) {
            LOG.debug("The first question about a limit has had no answer", e);
        }
    }

    private List<Quota> oneOfEachServer() {
        Session session = link.session();
        Map<Node, Quota> quotas = new HashMap<>();
        for (int key = 0; key < 4 * Keyspace.PARTITIONS; key++) {
            Quota quota = NOBODY.of(String.valueOf(key));
            Node node = session.node(scripts.partition(quota));
            if (node != null) {
                quotas.putIfAbsent(node, quota);
            }
        }
        return List.copyOf(quotas.values());
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
