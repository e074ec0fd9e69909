package io.nearfar.sample.nodes;

import io.nearfar.sample.launch.Folder;
import io.nearfar.sample.launch.RedisServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts what the nodes share before the first test: Redis, and a folder for the database; arquillian.xml finds both as
 * system properties. Only where a packaged WAR is to be tested, that is, in the integration tests.
 */
public final class SharedByNodes implements LauncherSessionListener {
    private static final Duration END = Duration.ofSeconds(60);

    private @Nullable Folder folder;
    private @Nullable RedisServer redis;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("sample.war") == null) {
            return;
        }
        try {
            folder = new Folder();
            redis = RedisServer.start(folder.make("redis"));
        } catch (Exception failure) {
            throw new IllegalStateException("what the nodes share does not start", failure);
        }
        System.setProperty("sample.redis", redis.address());
        System.setProperty("sample.folder", folder.path().toString());
    }

    /** The nodes were told to end, not waited for; until they have ended, the folder is theirs. */
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (redis == null || folder == null) {
            return;
        }
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
