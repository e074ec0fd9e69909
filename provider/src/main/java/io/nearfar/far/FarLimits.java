package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Quota;
import io.nearfar.config.FarSettings;
import io.nearfar.far.ChargeBatches.Question;
import io.nearfar.far.Session.Node;
import io.nearfar.key.Keyspace;
import io.nearfar.observe.FarSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private final Link link;
    private final LimitScripts scripts;
    private final long deadlineNanos;
    private final ChargeBatches batches;
    private final FarSignals signals = new FarSignals();

    private FarLimits(FarSettings settings, Duration deadline) {
        Keyspace keyspace = new Keyspace(settings.prefix(), settings.address().database());
        this.link = new Link(settings, keyspace, new LimitWarmUp(keyspace));
        this.scripts = new LimitScripts(keyspace, new Calls(link, deadline, signals));
        this.deadlineNanos = deadline.toNanos();
        this.batches = new ChargeBatches(new Counting(), deadlineNanos);
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
     * <p>Requests of one cost that are charged to one quota at the same time may be one question: see {@link ChargeBatches}.
     *
     * @param charge whether to charge it, or only to look
     * @param since the instant of {@link System#nanoTime} from which the deadline runs
     * @return what the servers have said that answered within the deadline; what was sent to others may have been charged,
     *     and will not be any more
     */
    public Counted decide(List<Quota> quotas, long cost, boolean charge, long since) {
        return decide(quotas, cost, charge, since, Wishes.NONE);
    }

    /**
     * Decides likewise, and charges credits too where the limit of a quota is leased, and little of it is used: to each as many
     * as are wished for, and no more than an eighth of what is left. They are in the answer, also where the request is denied
     * after all.
     */
    public Counted decide(List<Quota> quotas, long cost, boolean charge, long since, Wishes wishes) {
        long until = since + deadlineNanos;
        if (charge && quotas.size() == 1 && !Credits.areLeased(quotas.get(0).limit())) {
            return batches.charge(quotas.get(0), cost, until);
        }
        try {
            Poll poll = new Poll(scripts, quotas, cost, wishes, until);
            return charge ? poll.charge() : poll.look();
        } catch (FarTierUnavailableException e) {
            return Counted.nothing(e);
        }
    }

    /** Charges requests of one quota. */
    private final class Counting implements ChargeBatches.Counting {
        @Override
        public Question begin(Quota quota, long cost, int requests, long until) {
            try {
                return new Poll(scripts, List.of(quota), cost, Wishes.NONE, until).beginCharges(requests);
            } catch (FarTierUnavailableException e) {
                return () -> number -> Counted.nothing(e);
            }
        }

        @Override
        public boolean isSilent(Quota quota) {
            return scripts.isSilent(quota);
        }
    }

    /**
     * Takes back credits that nobody can spend any more, all at once.
     *
     * @return for each, in the same order, what became of them; what is not taken counts until its time is over
     */
    public List<GivenBack> giveBack(List<Unspent> unspent) {
        List<@Nullable ScriptCall> begun = new ArrayList<>(unspent.size());
        unspent.forEach(each -> begun.add(beginGivingBack(each)));
        return begun.stream().map(FarLimits::outcome).toList();
    }

    private @Nullable ScriptCall beginGivingBack(Unspent unspent) {
        try {
            return scripts.giveBack(unspent);
        } catch (FarTierUnavailableException e) {
            LOG.debug("Credits are not given back", e);
            return null;
        }
    }

    private static GivenBack outcome(@Nullable ScriptCall begun) {
        try {
            return begun == null ? GivenBack.UNANSWERED : LimitScripts.givenBack(begun.reply());
        } catch (FarTierUnavailableException e) {
            LOG.debug("Nobody knows whether credits were given back", e);
            return GivenBack.UNANSWERED;
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
