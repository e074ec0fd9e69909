package io.nearfar.tck;

import static javax.cache.configuration.OptionalFeature.STORE_BY_REFERENCE;

import io.nearfar.packaged.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import javax.cache.Caching;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Stands around a run of the TCK: gives it a server of its own and a prefix of its own where the mode has a far tier, and
 * records afterwards what the server saw. If it fails, there is no record, and the verdict is that the run failed.
 */
public final class ConformanceRun implements TestExecutionListener {
    private final TckMode mode = TckMode.ofThisRun().orElse(null);
    private EmbeddedRedis server;
    private long planted;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (mode != null) {
            forgetEarlierRuns(mode.results());
        }
        if (mode != null && mode.hasFarTier()) {
            startServer();
        }
    }

    /** What an earlier build has left must not count for this one. */
    private static void forgetEarlierRuns(Path results) {
        if (!Files.isDirectory(results)) {
            return;
        }
        try (Stream<Path> old = Files.list(results)) {
            for (Path file : old.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reports of an earlier run in " + results + " cannot be removed", e);
        }
    }

    private void startServer() {
        try {
            server = EmbeddedRedis.start();
            Leftovers.plant(server.address());
            try (ServerView view = view()) {
                planted = view.keysBelow(Leftovers.PREFIX);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the run has no server", e);
        }
        System.setProperty("nearfar.address", server.address());
        System.setProperty("nearfar.prefix", "tck-" + UUID.randomUUID());
    }

    private ServerView view() throws IOException {
        return new ServerView(URI.create(server.address()).getPort());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (mode == null) {
            return;
        }
        RunRecord record = RunRecord.ofThisBuild()
                .put("byReference", Caching.getCachingProvider().isSupported(STORE_BY_REFERENCE));
        Caching.getCachingProvider().close();
        if (server != null) {
            stopServer(record);
        }
        record.writeTo(mode.results());
    }

    private void stopServer(RunRecord record) {
        try (EmbeddedRedis stopping = server;
                ServerView view = view()) {
            record.put("scripts", view.calls("evalsha"))
                    .put("reads", view.calls("mget"))
                    .put("publications", view.calls("publish"))
                    .put("leftoversPlanted", planted)
                    .put("leftoversFound", view.keysBelow(Leftovers.PREFIX));
        } catch (IOException e) {
            throw new UncheckedIOException("the server could not be asked what it saw", e);
        }
    }
}
