package io.nearfar.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.CacheFigures;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.observe.CacheSignals.Bulk;
import io.nearfar.observe.FarSignals.Failure;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each signal is counted where it belongs: all numbers differ, so that two that are exchanged are seen. */
class CacheSignalsTest {
    private final CacheSignals signals = new CacheSignals("c");

    private static void times(int count, Runnable signal) {
        IntStream.range(0, count).forEach(i -> signal.run());
    }

    private void signalAll() {
        times(1, () -> signals.nearHit(1));
        signals.nearHits(2);
        times(1, () -> signals.timedNearLookup(1_000, 64));
        times(14, () -> signals.staleHit(10));
        times(2, () -> signals.outageHit(100));
        times(4, () -> signals.farHit(7));
        times(5, () -> signals.miss(1));
        times(6, () -> signals.loaded(11));
        times(7, signals::put);
        times(8, signals::removed);
        times(9, signals::evicted);
        times(10, signals::invalidated);
        times(12, signals::unavailable);
        times(13, signals::rejected);
        times(15, signals::graceAnswer);
        signals.refusedLoads(16);
        signals.dirtied(25);
        times(19, signals::expired);
        times(21, signals::remoteEvent);
        times(22, signals::lostEvent);
        times(23, () -> signals.verifiedAge(1));
        times(28, () -> signals.invalidatedInBulk(Bulk.TAGS));
        times(29, () -> signals.invalidatedInBulk(Bulk.PATTERN));
        times(30, () -> signals.invalidatedInBulk(Bulk.CLEAR));
        signals.weigh(() -> 47);
    }

    private void signalFar() {
        FarSignals far = signals.far();
        far.sent(26);
        far.wrote(400, 100);
        far.read(300, 50);
        int count = 30;
        for (String what : new String[] {"MGET", "WRITE", "REMOVE", "CLEAR", "TAG", "LEASE", "TOUCH", "SCAN", "PING"}) {
            times(++count, () -> far.answered(what, 1));
        }
        count = 40;
        for (Failure failure : Failure.values()) {
            times(++count, () -> far.failed(failure));
        }
    }

    @Test
    void figures_countEachSignalWhereItBelongs() {
        signalAll();
        signalFar();
        assertThat(signals.figures(() -> 27))
                .isEqualTo(new CacheFigures(
                        20, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 25, 27, 64 * 1_000 + 14 * 10 + 2 * 100, 28, 66));
    }

    @Test
    void meters_showEachSignalWhereItBelongs() {
        signalAll();
        signalFar();
        Map<String, Double> expected = new TreeMap<>();
        put(expected, Metric.CACHE_HITS, 20, "tier=near");
        put(expected, Metric.CACHE_HITS, 4, "tier=far");
        put(expected, Metric.CACHE_MISSES, 5);
        put(expected, Metric.CACHE_LOAD_DURATION, 6);
        put(expected, Metric.CACHE_PUTS, 7);
        put(expected, Metric.CACHE_REMOVALS, 8);
        put(expected, Metric.CACHE_EVICTIONS, 9);
        put(expected, Metric.CACHE_INVALIDATIONS, 10);
        put(expected, Metric.CACHE_UNAVAILABLE, 12);
        put(expected, Metric.CACHE_REJECTED, 13);
        put(expected, Metric.CACHE_STALE_ANSWERS, 14);
        put(expected, Metric.CACHE_GRACE_ANSWERS, 15);
        put(expected, Metric.CACHE_REFUSED_LOADS, 16);
        put(expected, Metric.CACHE_DIRTY_KEYS, 25);
        put(expected, Metric.CACHE_EXPIRATIONS, 19);
        put(expected, Metric.CACHE_REMOTE_EVENTS, 21);
        put(expected, Metric.CACHE_LOST_EVENTS, 22);
        put(expected, Metric.CACHE_VERIFIED_AGE, 23);
        put(expected, Metric.CACHE_BULK_INVALIDATIONS, 28, "target=tags");
        put(expected, Metric.CACHE_BULK_INVALIDATIONS, 29, "target=pattern");
        put(expected, Metric.CACHE_BULK_INVALIDATIONS, 30, "target=clear");
        put(expected, Metric.CACHE_NEAR_BYTES, 47);
        put(expected, Metric.CACHE_NEAR_ENTRIES, 27);
        put(expected, Metric.CACHE_NEAR_DURATION, 64);
        put(expected, Metric.CACHE_INVALIDATIONS_SENT, 26);
        put(expected, Metric.CACHE_VALUE_BYTES, 400, "direction=out", "form=plain");
        put(expected, Metric.CACHE_VALUE_BYTES, 100, "direction=out", "form=stored");
        put(expected, Metric.CACHE_VALUE_BYTES, 300, "direction=in", "form=plain");
        put(expected, Metric.CACHE_VALUE_BYTES, 50, "direction=in", "form=stored");
        put(expected, Metric.CACHE_COMPRESSION_RATIO, 4);
        int count = 30;
        for (String operation :
                new String[] {"read", "write", "remove", "clear", "invalidate", "load_lease", "extend", "scan", "other"
                }) {
            put(expected, Metric.CACHE_FAR_DURATION, ++count, "operation=" + operation);
        }
        count = 40;
        for (String kind : new String[] {"timeout", "refused", "connection", "not_asked", "unreached", "late"}) {
            put(expected, Metric.CACHE_FAR_ERRORS, ++count, "kind=" + kind);
        }
        assertThat(signals.meters(() -> 27).stream().collect(Collectors.toMap(Meter::toString, Meter::value)))
                .isEqualTo(expected);
    }

    private static void put(Map<String, Double> expected, Metric metric, double value, String... tags) {
        StringBuilder name = new StringBuilder(metric.fullName() + "{cache=\"c\"");
        for (String tag : tags) {
            name.append(',').append(tag.replace("=", "=\"")).append('"');
        }
        expected.put(name.append('}').toString(), value);
    }
}
