package io.nearfar.benchmarks.peer;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.NearCacheConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The near cache of a Hazelcast map, in front of the one member there is, which lives in this JVM and hears this machine
 * alone. In its own format, bytes, so that values are copies.
 */
final class HazelcastNearDriver implements Driver {
    private final HazelcastInstance member;
    private final IMap<String, Object> map;

    private HazelcastNearDriver(HazelcastInstance member) {
        this.member = member;
        this.map = member.getMap("cities");
    }

    static Driver open(Opening opening) {
        return new HazelcastNearDriver(Hazelcast.newHazelcastInstance(alone(opening)));
    }

    private static Config alone(Opening opening) {
        NearCacheConfig near = new NearCacheConfig()
                .setCacheLocalEntries(true)
                .setEvictionConfig(new EvictionConfig()
                        .setMaxSizePolicy(MaxSizePolicy.ENTRY_COUNT)
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setSize(opening.room()));
        Config config = new Config();
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.getMapConfig("cities").setNearCacheConfig(near);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        return config;
    }

    @Override
    public @Nullable Object get(String key) {
        return map.get(key);
    }

    @Override
    public void put(String key, Object value) {
        map.set(key, value);
    }

    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        return map.getAll(keys);
    }

    @Override
    public void putAll(Map<String, Object> values) {
        map.putAll(values);
    }

    @Override
    public long increment(String key) {
        throw new UnsupportedOperationException("the near cache is measured for reads");
    }

    @Override
    public void close() {
        member.getLifecycleService().terminate();
    }
}
