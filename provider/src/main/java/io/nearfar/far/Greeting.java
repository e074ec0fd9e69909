package io.nearfar.far;

import io.nearfar.config.Topology;

/**
 * What a server said of itself.
 *
 * @param topology how it and its peers belong together
 * @param sharded whether it knows sharded channels and is part of a cluster, where they are worth their while
 */
record Greeting(Topology topology, boolean sharded) {}
