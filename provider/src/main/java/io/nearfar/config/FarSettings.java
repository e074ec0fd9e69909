package io.nearfar.config;

import java.time.Duration;

/**
 * Settings of the link to the far tier; one link for each manager.
 *
 * @param address where it is
 * @param origin where the address was found, for the line that is logged at start
 * @param prefix application and environment, the first part of every key
 * @param start what happens if it cannot be used at start
 * @param connectTimeout how long one attempt to connect may take
 * @param deadline how long an operation, or a pause in the progress of a batch or of a large value, may take
 * @param pingInterval how often an idle connection is tried
 * @param beat how often the chains of the partitions are asked for
 * @param nearLease how long after a beat near entries may be served
 * @param keyspaceEvents whether the servers are asked to tell of changes that other programs make
 * @param poolSize most connections to one master
 * @param poolMinimum connections kept open to one master
 * @param tls how encrypted connections are checked
 */
public record FarSettings(
        FarAddress address,
        String origin,
        String prefix,
        StartPolicy start,
        Duration connectTimeout,
        Duration deadline,
        Duration pingInterval,
        Duration beat,
        Duration nearLease,
        boolean keyspaceEvents,
        int poolSize,
        int poolMinimum,
        TlsSettings tls) {
    private static final Duration LONGEST_BEAT_OF_LIMITS = Duration.ofSeconds(1);

    /**
     * Returns the same settings for a link over which requests are counted. Its beats have as long to be answered as those of
     * the caches, for a decision's deadline is so short that any stall is longer; and they come every second at least, for
     * they find out that the server answers again.
     *
     * @param ownDeadline of a decision
     */
    FarSettings ofLimits(Duration ownDeadline) {
        return new FarSettings(
                address,
                origin,
                prefix,
                start,
                connectTimeout,
                ownDeadline.compareTo(deadline) > 0 ? ownDeadline : deadline,
                pingInterval,
                beat.compareTo(LONGEST_BEAT_OF_LIMITS) > 0 ? LONGEST_BEAT_OF_LIMITS : beat,
                nearLease,
                false,
                poolSize,
                poolMinimum,
                tls);
    }
}
