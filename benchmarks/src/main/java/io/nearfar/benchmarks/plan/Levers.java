package io.nearfar.benchmarks.plan;

/**
 * What can be chosen.
 *
 * @param masters of the cluster; 1 without one
 * @param sharded whether messages stay with their master, as on clusters from version 7
 * @param beatMillis {@code nearfar.beat}
 * @param pingMillis {@code nearfar.ping-interval}
 * @param pool {@code nearfar.pool.size}
 */
public record Levers(int masters, boolean sharded, long beatMillis, long pingMillis, int pool) {
    private static final long USUAL_BEAT = 200;
    private static final long USUAL_PING = 1_000;
    private static final int USUAL_POOL = 4;

    /** Returns what holds if nothing is set. */
    public static Levers usual(int masters) {
        return new Levers(masters, true, USUAL_BEAT, USUAL_PING, USUAL_POOL);
    }

    /** Returns the same with another beat. */
    public Levers withBeat(long millis) {
        return new Levers(masters, sharded, millis, pingMillis, pool);
    }

    /** Returns the same with another time between pings. */
    public Levers withPing(long millis) {
        return new Levers(masters, sharded, beatMillis, millis, pool);
    }

    /** Returns the same on a cluster that tells each message to all of its servers. */
    public Levers everywhere() {
        return new Levers(masters, false, beatMillis, pingMillis, pool);
    }
}
