package io.nearfar.config;

/** How the servers behind an address belong together. */
public enum Topology {
    /** One server. */
    STANDALONE,
    /** Sentinels that name the master. */
    SENTINEL,
    /** A cluster, each master with its slots. */
    CLUSTER,
    /** One master with replicas. */
    MASTER_REPLICA;

    /** Returns the name as settings write it. */
    public String written() {
        return Kinds.written(this);
    }
}
