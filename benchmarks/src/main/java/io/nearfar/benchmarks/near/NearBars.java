package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.peer.Duties;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What was set for near hits before they were measured. */
final class NearBars {
    private static final NearPeer CAFFEINE = NearPeer.plain(Peer.CAFFEINE);
    private static final NearPeer NEAR = NearPeer.plain(Peer.NEARFAR_NEAR);
    private static final NearPeer COUNTED = new NearPeer(Peer.NEARFAR_NEAR, Duties.STATISTICS);
    private static final NearPeer TIERED = NearPeer.plain(Peer.NEARFAR_TIERED);
    private static final NearPeer TIERED_DUTIES = new NearPeer(Peer.NEARFAR_TIERED, Duties.STATISTICS_AND_EXPIRY);
    private static final NearPeer JCACHE_DUTIES = new NearPeer(Peer.CAFFEINE_JCACHE, Duties.STATISTICS_AND_EXPIRY);

    private static final String OBJECT = "near hit, a mutable object of ten fields, times as fast as ";

    private final Map<NearCase, NearResults> results;

    NearBars(Map<NearCase, NearResults> results) {
        this.results = results;
    }

    /** Returns what became of the bars of those cases that were measured. */
    List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        NearResults get = results.get(NearCase.GET);
        if (get != null) {
            outcomes.addAll(hits(get));
        }
        NearResults object = results.get(NearCase.GET_OBJECT);
        if (object != null) {
            outcomes.addAll(objects(object));
        }
        NearResults byTwo = results.get(NearCase.GET_BY_TWO);
        if (get != null && byTwo != null) {
            outcomes.add(scaling("near", NEAR, get, byTwo));
            outcomes.add(scaling("tiered", TIERED, get, byTwo));
        }
        return outcomes;
    }

    /** Returns what became of the few bars that the check of a build looks at. */
    List<Outcome> checked() {
        NearResults get = of(NearCase.GET);
        NearResults object = of(NearCase.GET_OBJECT);
        return List.of(
                near(get),
                tiered(get),
                tieredAsJCache(get),
                objectAs(Peer.CAFFEINE_JCACHE, object),
                objectBytes(object));
    }

    /** Returns which peers these bars are about. */
    static Set<NearPeer> peersChecked() {
        return Set.of(
                CAFFEINE,
                NearPeer.plain(Peer.CAFFEINE_CLOCK),
                NearPeer.plain(Peer.CAFFEINE_JCACHE),
                JCACHE_DUTIES,
                NEAR,
                TIERED_DUTIES);
    }

    private NearResults of(NearCase measured) {
        return results.getOrDefault(measured, new NearResults(measured));
    }

    private static Outcome near(NearResults get) {
        return Outcome.ratio(Bar.atMost("near hit, mode near", 1.5), get.nanos(NEAR), get.nanos(CAFFEINE));
    }

    private static Outcome tiered(NearResults get) {
        return Outcome.ratio(
                Bar.atMost("near hit, mode tiered, statistics, expiry", 1.3),
                get.nanos(TIERED_DUTIES),
                get.nanos(NearPeer.plain(Peer.CAFFEINE_CLOCK)));
    }

    private static Outcome tieredAsJCache(NearResults get) {
        return Outcome.ratio(
                Bar.atMost("near hit, mode tiered, the same duties as Caffeine's JCache", 1),
                get.nanos(TIERED_DUTIES),
                get.nanos(JCACHE_DUTIES));
    }

    private static Outcome objectAs(Peer peer, NearResults object) {
        return Outcome.times(
                Bar.atLeast(OBJECT + peer.label(), 15), object.nanos(NEAR), object.nanos(NearPeer.plain(peer)));
    }

    private static Outcome objectBytes(NearResults object) {
        return alone(Bar.atMost("near hit, a mutable object of ten fields, bytes", 500, "B"), object.bytes(NEAR));
    }

    private static List<Outcome> hits(NearResults get) {
        Measured tiered = get.nanos(TIERED_DUTIES);
        return List.of(
                near(get),
                Outcome.ratio(
                        Bar.atMost("near hit, mode near, statistics", 1.7), get.nanos(COUNTED), get.nanos(CAFFEINE)),
                alone(Bar.atMost("near hit, mode near, bytes (0 but for the harness)", 1, "B"), get.bytes(NEAR)),
                tiered(get),
                tieredAsJCache(get),
                Outcome.times(
                        Bar.atLeast("near hit, mode tiered, times as fast as RLocalCachedMap", 8),
                        tiered,
                        get.nanos(NearPeer.plain(Peer.REDISSON_LOCAL))),
                Outcome.times(
                        Bar.atLeast("near hit, mode tiered, times as fast as JetCache", 8),
                        tiered,
                        get.nanos(NearPeer.plain(Peer.JETCACHE))));
    }

    private static List<Outcome> objects(NearResults object) {
        return List.of(
                objectAs(Peer.CAFFEINE_JCACHE, object),
                objectAs(Peer.EHCACHE_JCACHE, object),
                objectAs(Peer.CACHE2K_JCACHE, object),
                objectBytes(object));
    }

    private static Outcome alone(Bar bar, Measured ours) {
        return ours.failed() ? Outcome.missing(bar, ours.failure()) : Outcome.of(bar, ours);
    }

    /** Both threads' work in the time of one, in relation to what Caffeine makes of a second thread. */
    private static Outcome scaling(String mode, NearPeer peer, NearResults byOne, NearResults byTwo) {
        Bar bar = Bar.atLeast("near hit, mode " + mode + ", 2 threads: what the second brings", 0.9);
        List<Measured> all =
                List.of(byOne.nanos(peer), byTwo.nanos(peer), byOne.nanos(CAFFEINE), byTwo.nanos(CAFFEINE));
        for (Measured each : all) {
            if (each.failed()) {
                return Outcome.missing(bar, each.label() + ": " + each.failure());
            }
        }
        Measured ours =
                Measured.of(peer.label(), gain(all.get(0).series(), all.get(1).series()), "× one thread");
        Measured theirs = Measured.of(
                CAFFEINE.label(), gain(all.get(2).series(), all.get(3).series()), "× one thread");
        return Outcome.of(bar, ours, theirs, ours.series().ratioTo(theirs.series()));
    }

    static Series gain(Series byOne, Series byTwo) {
        int rounds = Math.min(byOne.rounds().size(), byTwo.rounds().size());
        return new Series(IntStream.range(0, rounds)
                .mapToObj(
                        round -> 2 * byOne.rounds().get(round) / byTwo.rounds().get(round))
                .toList());
    }
}
