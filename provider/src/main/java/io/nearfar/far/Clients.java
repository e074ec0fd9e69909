package io.nearfar.far;

import io.netty.util.HashedWheelTimer;
import java.lang.reflect.Field;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.connection.ServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes clients of Redisson none of whose threads keeps the JVM alive. A program whose {@code main} has returned ends then, though
 * nobody has closed its caches: frameworks close them in a shutdown hook, which runs when the JVM ends.
 */
final class Clients {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

    private Clients() {}

    /** Connects; throws what Redisson throws where that fails. */
    static RedissonClient connected(Config config) {
        config.setLazyInitialization(true); // until the timer is what it should be, which it cannot become once it runs
        Redisson client = (Redisson) Redisson.create(config);
        ServiceManager services = client.getServiceManager();
        letEnd(services.getTimer());
        services.getCfg().setLazyInitialization(false);
        try {
            client.getCommandExecutor().getConnectionManager().connect();
        } catch (RuntimeException | Error e) {
            if (!client.isShutdown()) { // a part of what it does at last closes nothing where it fails
                client.shutdown();
            }
            throw e;
        }
        return client;
    }

    /** Redisson has settings for all its threads but for that of the timer, and Netty none that is asked here. */
    private static void letEnd(HashedWheelTimer timer) {
        try {
            Field thread = HashedWheelTimer.class.getDeclaredField("workerThread");
            thread.setAccessible(true);
            ((Thread) thread.get(timer)).setDaemon(true);
        } catch (ReflectiveOperationException | RuntimeException otherwise) {
            LOG.debug(
                    "The thread of Redisson's timer stays as it is: the JVM does not end before the caches are closed",
                    otherwise);
        }
    }
}
