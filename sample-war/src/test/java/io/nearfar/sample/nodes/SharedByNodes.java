package io.nearfar.sample.nodes;

import io.nearfar.sample.launch.Folder;
import io.nearfar.sample.launch.RedisServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Starts what the nodes share before the first test: Redis, and a folder for the database; arquillian.xml finds both as
 * system properties. Anew where tests that have failed are run once more, for they count on finding nothing of before.
 * Only where a packaged WAR is to be tested, that is, in the integration tests.
 */
public final class SharedByNodes implements LauncherSessionListener, TestExecutionListener {
    private static final Duration END = Duration.ofSeconds(60);
    private static final String REDIS = "sample.redis";
    private static final String FOLDER = "sample.folder";

    private @Nullable Folder folder;
    private @Nullable RedisServer redis;
    private boolean used;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("sample.war") == null) {
            return;
        }
        start();
        session.getLauncher().registerTestExecutionListeners(this);
    }

    /** What fails here is told by the tests, which miss it. */
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (used) {
            end();
            start();
        }
        used = true;
    }

    private void start() {
        try {
            folder = new Folder();
            redis = RedisServer.start(folder.make("redis"));
        } catch (Exception failure) {
            throw new IllegalStateException("what the nodes share does not start", failure);
        }
        System.setProperty(REDIS, redis.address());
        System.setProperty(FOLDER, folder.path().toString());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        end();
    }

    /** The nodes were told to end, not waited for; until they have ended, the folder is theirs. */
    private void end() {
        if (redis == null || folder == null) {
            return;
        }
        System.clearProperty(REDIS);
        System.clearProperty(FOLDER);
        redis.close();
        try {
            for (ProcessHandle node : ProcessHandle.current().children().toList()) {
                node.onExit().get(END.toSeconds(), TimeUnit.SECONDS);
            }
            folder.close();
        } catch (Exception failure) {
            throw new IllegalStateException("a node or its folder stays behind", failure);
        }
    }
}
