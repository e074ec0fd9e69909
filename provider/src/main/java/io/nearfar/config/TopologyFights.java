package io.nearfar.config;

import java.util.Objects;

/** Finds what cannot be true of the servers behind one address. */
final class TopologyFights {
    private TopologyFights() {}

    /** Adds to {@code mistakes} what is wrong with {@code whole}, which was put together from the other two. */
    static void find(FarAddress whole, Section manager, Given address, Mistakes mistakes) {
        Given topology = Objects.requireNonNullElse(manager.given(ManagerTable.TOPOLOGY), address);
        Given database = Objects.requireNonNullElse(manager.given(ManagerTable.DATABASE), address);
        if (whole.topology() == Topology.CLUSTER && whole.database() != 0) {
            mistakes.add(
                    database,
                    "a cluster has no database but 0. Leave the number out, or set nearfar.topology ="
                            + " master-replica if the hosts are a master and its replicas.");
        }
        if (whole.topology() == Topology.STANDALONE && whole.hosts().size() > 1) {
            mistakes.add(
                    topology,
                    "standalone is one server, and the address has "
                            + whole.hosts().size() + " hosts.");
        }
        if (whole.topology() == Topology.SENTINEL && whole.masterName() == null) {
            mistakes.add(
                    topology,
                    "sentinels need the name of their master. Write redis://sentinel1,sentinel2/mymaster,"
                            + " or set nearfar.master.");
        }
        if (whole.topology() != Topology.SENTINEL && whole.masterName() != null) {
            mistakes.add(
                    topology,
                    "a master is named, " + whole.masterName() + ", which only sentinels know. Leave the"
                            + " name out, or set nearfar.topology = sentinel.");
        }
    }
}
