package io.nearfar.far;

import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.key.Keyspace;
import io.netty.channel.epoll.Epoll;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.ClusterServersConfig;
import org.redisson.config.Config;
import org.redisson.config.EqualJitterDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.ShardedSubscriptionMode;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SslVerificationMode;
import org.redisson.config.SubscriptionMode;
import org.redisson.config.TransportMode;

/** Our settings in Redisson's words. */
final class LinkConfig {
    /** So long Redisson keeps a call that we have given up before it forgets it. */
    private static final int GRACE_MILLIS = 1_000;

    private static final int FEWEST_THREADS = 2;
    private static final int MOST_THREADS = 4;
    private static final Duration FIRST_RECONNECTION = Duration.ofMillis(50);
    private static final Duration LONGEST_RECONNECTION = Duration.ofSeconds(1);

    private final FarSettings settings;
    private final Greeting greeting;

    /**
     * Creates the translation.
     *
     * @param greeting what the servers say of themselves
     */
    LinkConfig(FarSettings settings, Greeting greeting) {
        this.settings = settings;
        this.greeting = greeting;
    }

    /** Returns the configuration; what comes is told in threads of {@code network}, and other work done in those of {@code events}. */
    Config redisson(ExecutorService events, Executor network) {
        Config config = new Config();
        config.setCodec(ByteArrayCodec.INSTANCE);
        config.setReferenceEnabled(false);
        config.setUseThreadClassLoader(false);
        config.setExecutor(new Deliveries(events));
        config.setNettyExecutor(network);
        config.setNettyThreads(networkThreads(Runtime.getRuntime().availableProcessors()));
        config.setTransportMode(Epoll.isAvailable() ? TransportMode.EPOLL : TransportMode.NIO);
        config.setNettyHook(DirectChannel.hook(scheme()));
        config.setKeepPubSubOrder(true);
        config.setTcpKeepAlive(true);
        config.setTcpNoDelay(true);
        config.setTcpUserTimeout(pingMillis() + (int) settings.deadline().toMillis());
        secure(config);
        servers(config);
        return config;
    }

    /**
     * Returns how often a connection is tried, which is closed if it has not answered by the next time. Not before a call
     * on it may be given up: its answer would be lost, and it would wait for it until then.
     */
    int pingMillis() {
        return (int)
                Math.max(settings.pingInterval().toMillis(), settings.deadline().toMillis());
    }

    /** Returns how many threads read and write for that many processors: a link of a few connections feeds no more. */
    static int networkThreads(int processors) {
        return Math.max(FEWEST_THREADS, Math.min(MOST_THREADS, processors));
    }

    private void secure(Config config) {
        FarAddress address = settings.address();
        config.setUsername(address.user());
        config.setPassword(address.password());
        if (address.tls()) {
            Certificates certificates = new Certificates(settings.tls());
            config.setSslTrustManagerFactory(certificates.trust());
            config.setSslKeyManagerFactory(certificates.identity());
            config.setSslVerificationMode(
                    settings.tls().verifyHost() ? SslVerificationMode.STRICT : SslVerificationMode.CA_ONLY);
        }
    }

    private void servers(Config config) {
        switch (greeting.topology()) {
            case STANDALONE -> single(config.useSingleServer());
            case SENTINEL -> sentinel(config.useSentinelServers());
            case CLUSTER -> cluster(config.useClusterServers());
            case MASTER_REPLICA -> {
                // Replicated mode finds out by INFO which of the hosts is the master, and follows it
                var replicated = config.useReplicatedServers();
                replicated.addNodeAddress(addresses());
                replicated.setDatabase(settings.address().database());
                replicated.setScanInterval((int) settings.pingInterval().toMillis());
                many(replicated);
            }
        }
    }

    private void single(SingleServerConfig single) {
        single.setAddress(addresses()[0]);
        single.setDatabase(settings.address().database());
        single.setConnectionPoolSize(settings.poolSize());
        single.setConnectionMinimumIdleSize(settings.poolMinimum());
        single.setSubscriptionConnectionPoolSize(2);
        common(single);
    }

    private void sentinel(SentinelServersConfig sentinel) {
        sentinel.setMasterName(settings.address().masterName());
        sentinel.addSentinelAddress(addresses());
        sentinel.setDatabase(settings.address().database());
        sentinel.setCheckSentinelsList(false);
        sentinel.setSentinelUsername(settings.address().user());
        sentinel.setSentinelPassword(settings.address().password());
        sentinel.setScanInterval((int) settings.pingInterval().toMillis());
        many(sentinel);
    }

    private void cluster(ClusterServersConfig cluster) {
        cluster.addNodeAddress(addresses());
        cluster.setCheckSlotsCoverage(false);
        cluster.setShardedSubscriptionMode(
                greeting.sharded() ? ShardedSubscriptionMode.ON : ShardedSubscriptionMode.OFF);
        cluster.setScanInterval((int) settings.pingInterval().toMillis());
        many(cluster);
    }

    private void many(BaseMasterSlaveServersConfig<?> servers) {
        servers.setReadMode(ReadMode.MASTER);
        servers.setSubscriptionMode(SubscriptionMode.MASTER);
        servers.setMasterConnectionPoolSize(settings.poolSize());
        servers.setMasterConnectionMinimumIdleSize(settings.poolMinimum());
        servers.setSlaveConnectionPoolSize(1);
        servers.setSlaveConnectionMinimumIdleSize(1);
        servers.setSubscriptionConnectionPoolSize(2);
        common(servers);
    }

    private void common(BaseConfig<?> servers) {
        servers.setConnectTimeout((int) settings.connectTimeout().toMillis());
        servers.setTimeout((int) settings.deadline().toMillis() + GRACE_MILLIS);
        servers.setSubscriptionTimeout((int) settings.connectTimeout().toMillis() + GRACE_MILLIS);
        servers.setRetryAttempts(0);
        servers.setReconnectionDelay(new EqualJitterDelay(FIRST_RECONNECTION, LONGEST_RECONNECTION));
        servers.setPingConnectionInterval(pingMillis());
        servers.setSubscriptionsPerConnection(
                2 * Keyspace.PARTITIONS + 8); // changes and what listeners hear, and some more: who listens, events
        servers.setClientName("nearfar");
    }

    private String[] addresses() {
        return settings.address().hosts().stream()
                .map(host -> scheme() + "://" + host)
                .toArray(String[]::new);
    }

    private String scheme() {
        return settings.address().tls() ? "rediss" : "redis";
    }
}
