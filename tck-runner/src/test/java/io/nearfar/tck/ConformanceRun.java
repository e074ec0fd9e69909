package io.nearfar.tck;

import static javax.cache.configuration.OptionalFeature.STORE_BY_REFERENCE;

import java.util.UUID;
import javax.cache.Caching;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Stands around a run of the TCK: gives it servers of its own and a prefix of its own where the mode has a far tier, and
 * records afterwards what these saw. If it fails, there is no record, and the verdict is that the run failed.
 */
public final class ConformanceRun implements TestExecutionListener {
    private final TckMode mode = TckMode.ofThisRun().orElse(null);
    private Servers servers;
    private long planted;
    private long content;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (mode != null && mode.hasFarTier()) {
            startServers();
        }
    }

    private void startServers() {
        servers = Servers.start(mode);
        Leftovers.plant(servers.address());
        planted = servers.view().keysBelow(Leftovers.PREFIX);
        content = servers.view().contentBelow(Leftovers.PREFIX);
        System.setProperty("nearfar.address", servers.address());
        System.setProperty("nearfar.prefix", "tck-" + UUID.randomUUID());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (mode == null) {
            return;
        }
        RunRecord record = RunRecord.ofThisBuild()
                .put("byReference", Caching.getCachingProvider().isSupported(STORE_BY_REFERENCE));
        Caching.getCachingProvider().close();
        if (servers != null) {
            stopServers(record);
        }
        record.writeTo(mode.results());
    }

    private void stopServers(RunRecord record) {
        try (Servers stopping = servers) {
            ServerView view = stopping.view();
            record.put("masters", view.masters().size())
                    .put("scripts", view.fewestCalls("evalsha"))
                    .put("reads", view.fewestCalls("mget"))
                    .put("publications", view.fewestCalls("publish"))
                    .put("leftoversPlanted", planted)
                    .put("leftoversFound", view.keysBelow(Leftovers.PREFIX))
                    .put("leftoversPlantedContent", content)
                    .put("leftoversFoundContent", view.contentBelow(Leftovers.PREFIX));
        }
    }
}
