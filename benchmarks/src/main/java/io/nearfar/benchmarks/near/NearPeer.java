package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.peer.Duties;
import io.nearfar.benchmarks.peer.Peer;

/** A peer with what it does besides. */
record NearPeer(Peer peer, Duties duties) {
    static NearPeer plain(Peer peer) {
        return new NearPeer(peer, Duties.NONE);
    }

    String label() {
        return peer.label() + duties.label();
    }
}
