package io.nearfar.benchmarks.plan;

/**
 * What all servers together have to do in a second.
 *
 * @param nearHits the share of reads that no server hears of
 * @param reads commands that read entries
 * @param writes scripts that write one
 * @param beats scripts that look at the last writes
 * @param pings of connections that are idle
 * @param messages that are delivered to nodes
 * @param bytesIn what servers receive from nodes
 * @param bytesOut what they send to nodes
 * @param connections that nodes hold
 */
public record Traffic(
        double nearHits,
        double reads,
        double writes,
        double beats,
        double pings,
        double messages,
        double bytesIn,
        double bytesOut,
        double connections) {
    /** Returns all commands of nodes; not those that scripts call. */
    public double commands() {
        return reads + writes + beats + pings;
    }
}
