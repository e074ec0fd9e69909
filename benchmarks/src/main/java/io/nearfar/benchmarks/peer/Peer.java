package io.nearfar.benchmarks.peer;

import java.util.function.Function;

/** All that are compared. */
public enum Peer {
    CAFFEINE("Caffeine", CaffeineDriver::new, Hold.REFERENCES),
    CAFFEINE_CLOCK("Caffeine and one nanoTime", CaffeineClockDriver::new, Hold.REFERENCES),
    CAFFEINE_JCACHE("Caffeine's JCache", CaffeineJCacheDriver::open, Hold.COPIES),
    CACHE2K_JCACHE("cache2k's JCache", Cache2kJCacheDriver::open, Hold.COPIES),
    EHCACHE_JCACHE("Ehcache's JCache", EhcacheJCacheDriver::open, Hold.COPIES),
    HAZELCAST_NEAR("Hazelcast's near cache, member in the process", HazelcastNearDriver::open, Hold.COPIES),
    JETCACHE("JetCache, two levels", JetCacheDriver::open, Hold.REFERENCES),
    REDISSON_LOCAL("Redisson's RLocalCachedMap", RedissonMapDriver::locallyCached, Hold.REFERENCES),
    NEARFAR_NEAR("Nearfar, near", NearfarDriver::near, Hold.COPIES),
    NEARFAR_TIERED("Nearfar, tiered", opening -> NearfarDriver.withServer("tiered", opening), Hold.COPIES),
    NEARFAR_FAR("Nearfar, far", opening -> NearfarDriver.withServer("far", opening), Hold.COPIES),
    LETTUCE("Lettuce", LettuceDriver::open, Hold.COPIES),
    BY_HAND("Caffeine over Lettuce, by hand", CaffeineOverLettuceDriver::open, Hold.REFERENCES),
    REDISSON("Redisson", RedissonDriver::open, Hold.COPIES),
    REDISSON_MGET("Redisson, MGET or MSET", RedissonMgetDriver::open, Hold.COPIES),
    REDISSON_MAP("Redisson's RMap", RedissonMapDriver::plain, Hold.COPIES),
    REDISSON_JCACHE("Redisson's JCache", RedissonJCacheDriver::open, Hold.COPIES);

    /** What a caller gets. */
    private enum Hold {
        COPIES,
        REFERENCES
    }

    private final String label;
    private final Function<Opening, Driver> opener;
    private final Hold hold;

    Peer(String label, Function<Opening, Driver> opener, Hold hold) {
        this.label = label;
        this.opener = opener;
        this.hold = hold;
    }

    /** Returns the name as tables show it. */
    public String label() {
        return label;
    }

    /** Tells whether it hands out the object that was put, so that what a caller changes in it, all others see. */
    public boolean byReference() {
        return hold == Hold.REFERENCES;
    }

    /** Opens the peer. */
    public Driver open(Opening opening) {
        return opener.apply(opening);
    }
}
