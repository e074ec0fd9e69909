package io.nearfar.benchmarks.plan;

/**
 * What the nodes of one prefix are asked for, in one cache. Keys are wanted by Zipf's law and written evenly.
 *
 * @param nodes how many there are
 * @param threads how many threads of a node call the cache at the same time
 * @param reads of one node, in a second
 * @param writes of one node, in a second
 * @param keys how many keys are wanted; all of them lie in the far tier
 * @param nearEntries how many of them find room near
 * @param names what names and values have of bytes
 */
public record Workload(int nodes, int threads, double reads, double writes, int keys, int nearEntries, Names names) {
    private static final double EXPONENT = 0.99;

    /**
     * Bytes.
     *
     * @param prefix of the prefix's name
     * @param cache of the cache's name
     * @param key of a key's text
     * @param value of a value as it is stored
     */
    public record Names(int prefix, int cache, int key, int value) {}

    /** Returns the share of the reads that each key has, the most wanted first; together they are 1. */
    double[] shares() {
        double[] shares = new double[keys];
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            shares[key] = Math.pow(key + 1.0, -EXPONENT);
            sum += shares[key];
        }
        for (int key = 0; key < keys; key++) {
            shares[key] /= sum;
        }
        return shares;
    }

    /** Returns the same with another number of nodes, each of which does what it did. */
    public Workload withNodes(int count) {
        return new Workload(count, threads, reads, writes, keys, nearEntries, names);
    }
}
