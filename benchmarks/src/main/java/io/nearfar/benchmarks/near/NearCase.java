package io.nearfar.benchmarks.near;

import static io.nearfar.benchmarks.peer.Peer.CACHE2K_JCACHE;
import static io.nearfar.benchmarks.peer.Peer.CAFFEINE;
import static io.nearfar.benchmarks.peer.Peer.CAFFEINE_CLOCK;
import static io.nearfar.benchmarks.peer.Peer.CAFFEINE_JCACHE;
import static io.nearfar.benchmarks.peer.Peer.EHCACHE_JCACHE;
import static io.nearfar.benchmarks.peer.Peer.HAZELCAST_NEAR;
import static io.nearfar.benchmarks.peer.Peer.JETCACHE;
import static io.nearfar.benchmarks.peer.Peer.NEARFAR_NEAR;
import static io.nearfar.benchmarks.peer.Peer.NEARFAR_TIERED;
import static io.nearfar.benchmarks.peer.Peer.REDISSON_LOCAL;

import io.nearfar.benchmarks.peer.Duties;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One operation in the process on one kind of values, by the method that measures it, with all that are compared. */
enum NearCase {
    GET(
            "get",
            "get",
            Values.NUMBER,
            1,
            plus(
                    plain(
                            CAFFEINE,
                            CAFFEINE_CLOCK,
                            CAFFEINE_JCACHE,
                            CACHE2K_JCACHE,
                            EHCACHE_JCACHE,
                            HAZELCAST_NEAR,
                            JETCACHE,
                            REDISSON_LOCAL,
                            NEARFAR_NEAR,
                            NEARFAR_TIERED),
                    new NearPeer(CAFFEINE_JCACHE, Duties.STATISTICS_AND_EXPIRY),
                    new NearPeer(NEARFAR_NEAR, Duties.STATISTICS),
                    new NearPeer(NEARFAR_TIERED, Duties.STATISTICS_AND_EXPIRY))),
    GET_OBJECT(
            "get, object",
            "get",
            Values.OBJECT,
            1,
            plain(
                    CAFFEINE,
                    CAFFEINE_JCACHE,
                    CACHE2K_JCACHE,
                    EHCACHE_JCACHE,
                    HAZELCAST_NEAR,
                    NEARFAR_NEAR,
                    NEARFAR_TIERED)),
    GET_BY_TWO("get, 2 threads", "get", Values.NUMBER, 2, plain(CAFFEINE, NEARFAR_NEAR, NEARFAR_TIERED)),
    PUT("put", "put", Values.NUMBER, 1, plain(CAFFEINE, CAFFEINE_JCACHE, NEARFAR_NEAR)),
    GET_ALL("getAll(100)", "getAll", Values.NUMBER, 1, plain(CAFFEINE, CAFFEINE_JCACHE, NEARFAR_NEAR, NEARFAR_TIERED)),
    INVOKE("invoke", "invoke", Values.NUMBER, 1, plain(CAFFEINE, CAFFEINE_JCACHE, NEARFAR_NEAR));

    private final String label;
    private final String method;
    private final Values kind;
    private final int threads;
    private final List<NearPeer> peers;

    NearCase(String label, String method, Values kind, int threads, List<NearPeer> peers) {
        this.label = label;
        this.method = method;
        this.kind = kind;
        this.threads = threads;
        this.peers = peers;
    }

    private static List<NearPeer> plain(Peer... peers) {
        return Stream.of(peers).map(NearPeer::plain).toList();
    }

    private static List<NearPeer> plus(List<NearPeer> some, NearPeer... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    String label() {
        return label;
    }

    String method() {
        return method;
    }

    Values kind() {
        return kind;
    }

    int threads() {
        return threads;
    }

    List<NearPeer> peers() {
        return peers;
    }

    /** Returns the name of the picture's file. */
    String file() {
        return "near-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
