package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.far.Session.Node;
import io.nearfar.key.Keyspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Teaches every server the scripts of limits, and this process what it needs for a call, whenever their link has been made:
 * while nobody is in a hurry. Hears nothing else.
 */
final class LimitWarmUp implements Hearing {
    private static final Logger LOG = LoggerFactory.getLogger(LimitWarmUp.class);
    private static final Limit NOBODY = new Limit("none", 1, Duration.ofSeconds(1));
    private static final List<Object> CHARGED_NOTHING = List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L);

    private final Keyspace keyspace;

    LimitWarmUp(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    @Override
    public void attach(Session session, long nanos) {
        LimitScripts scripts = new LimitScripts(keyspace, new Calls(() -> session, Duration.ofNanos(nanos)));
        long until = System.nanoTime() + nanos;
        List<ScriptCall> calls = new ArrayList<>();
        for (Quota quota : oneOfEachServer(session, scripts)) {
            tolerate(() -> calls.add(scripts.decide(List.of(quota), 1, 0, Wishes.NONE, until)));
            tolerate(() -> calls.add(scripts.refund(List.of(quota), 1, CHARGED_NOTHING)));
        }
        calls.forEach(call -> tolerate(call::reply));
    }

    /** Who is not there is not taught. */
    private static void tolerate(Runnable question) {
        try {
            question.run();
        } catch (FarTierUnavailableException e) {
            LOG.debug("A first question about a limit has had no answer", e);
        }
    }

    private static Collection<Quota> oneOfEachServer(Session session, LimitScripts scripts) {
        Map<Node, Quota> quotas = new HashMap<>();
        for (int key = 0; key < 4 * Keyspace.PARTITIONS; key++) {
            Quota quota = NOBODY.of(String.valueOf(key));
            Node node = session.node(scripts.partition(quota));
            if (node != null) {
                quotas.putIfAbsent(node, quota);
            }
        }
        return quotas.values();
    }

    @Override
    public boolean isAttachedTo(Session session) {
        return true;
    }

    @Override
    public boolean needsRights() {
        return false;
    }

    @Override
    public String where() {
        return "rate limits at ";
    }
}
