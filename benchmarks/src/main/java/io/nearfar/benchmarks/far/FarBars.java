package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was set for calls to the server before they were measured, beside Lettuce. */
final class FarBars {
    private final Map<FarCase, Map<Peer, Measured>> figures = new EnumMap<>(FarCase.class);

    /** Keeps what a case has brought. */
    void add(FarCase measured, List<Contender> contenders) {
        Map<Peer, Measured> of = new EnumMap<>(Peer.class);
        contenders.forEach(contender -> of.put(contender.peer(), contender.counts()));
        figures.put(measured, of);
    }

    /** Returns what became of the bars of all cases. */
    List<Outcome> outcomes() {
        return List.of(
                beside(FarCase.GET, Peer.NEARFAR_FAR, "GET", 1.05),
                beside(FarCase.GET_BY_MANY, Peer.NEARFAR_FAR, "GET", 1.25),
                beside(FarCase.PUT, Peer.NEARFAR_TIERED, "SET", 1.3),
                beside(FarCase.PUT_BY_MANY, Peer.NEARFAR_TIERED, "SET", 1.8),
                beside(FarCase.GET_ALL, Peer.NEARFAR_FAR, "MGET", 1.2),
                beside(FarCase.PUT_ALL, Peer.NEARFAR_TIERED, "MSET", 2.5),
                beside(FarCase.INVOKE, Peer.NEARFAR_TIERED, "INCR", 2),
                withoutCollapse());
    }

    /** Returns what became of the few bars that the check of a build looks at. */
    List<Outcome> checked() {
        return List.of(
                beside(FarCase.GET, Peer.NEARFAR_FAR, "GET", 1.05),
                beside(FarCase.PUT, Peer.NEARFAR_TIERED, "SET", 1.3));
    }

    /** Returns which cases these bars are about. */
    static List<FarCase> casesChecked() {
        return List.of(FarCase.GET, FarCase.PUT);
    }

    private Outcome beside(FarCase measured, Peer peer, String command, double ratio) {
        String mode = peer == Peer.NEARFAR_FAR ? "far" : "tiered";
        Bar bar = Bar.atMost(measured.label() + ", mode " + mode + ", beside " + command, ratio);
        return Outcome.ratio(bar, of(measured, peer), of(measured, Peer.LETTUCE));
    }

    /** Threads that change one key must not make less of it together than one thread alone. */
    private Outcome withoutCollapse() {
        FarCase hot = FarCase.INVOKE_OF_ONE;
        Measured alone = of(FarCase.INVOKE, Peer.NEARFAR_TIERED);
        Bar bar = Bar.atMost(hot.label() + ", mode tiered, beside one thread alone", 1);
        return Outcome.ratio(
                bar,
                of(hot, Peer.NEARFAR_TIERED),
                new Measured("the same by one thread", alone.series(), alone.unit(), alone.failure()));
    }

    private Measured of(FarCase measured, Peer peer) {
        return figures.getOrDefault(measured, Map.of())
                .getOrDefault(peer, Measured.failed(peer.label(), "it was not measured"));
    }
}
