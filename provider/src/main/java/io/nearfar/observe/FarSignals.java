package io.nearfar.observe;

import io.nearfar.Meter;
import io.nearfar.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls that somebody makes of the far tier, and the bytes that go there and back. Safe for use by several threads. */
public final class FarSignals {
    /** Counts what nobody looks at. */
    public static final FarSignals UNWATCHED = new FarSignals();

    private static final Map<String, Operation> OPERATIONS = operations();

    private final Map<Operation, Histogram> times = new EnumMap<>(Operation.class);
    private final Map<Failure, LongAdder> failures = new EnumMap<>(Failure.class);
    private final LongAdder sent = new LongAdder();
    private final LongAdder plainOut = new LongAdder();
    private final LongAdder storedOut = new LongAdder();
    private final LongAdder plainIn = new LongAdder();
    private final LongAdder storedIn = new LongAdder();

    /** What is asked of the far tier. */
    public enum Operation {
        /** Values, versions or lengths of entries. */
        READ,
        /** Entries are written. */
        WRITE,
        /** Entries are removed. */
        REMOVE,
        /** A cache is cleared, or swept afterwards. */
        CLEAR,
        /** Tags or patterns are invalidated. */
        INVALIDATE,
        /** The right to load an entry, and what becomes of it. */
        LOAD_LEASE,
        /** Entries live longer since they were read. */
        EXTEND,
        /** Keys are walked over. */
        SCAN,
        /** Whatever else. */
        OTHER;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a call came to nothing. */
    public enum Failure {
        /** There was no answer within the deadline. */
        TIMEOUT,
        /** The server answered with an error. */
        REFUSED,
        /** The connection failed, or the server says that it cannot answer now. */
        CONNECTION,
        /** The server is known not to answer, and was not asked. */
        NOT_ASKED,
        /** No server is known, or none has been reached yet. */
        UNREACHED,
        /** The server came to it only after the deadline, and did nothing. */
        LATE;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Creates signals that have counted nothing. */
    public FarSignals() {
        for (Operation operation : Operation.values()) {
            times.put(operation, Histogram.ofMilliseconds());
        }
        for (Failure failure : Failure.values()) {
            failures.put(failure, new LongAdder());
        }
    }

    private static Map<String, Operation> operations() {
        return Map.ofEntries(
                Map.entry("MGET", Operation.READ),
                Map.entry("HMGET", Operation.READ),
                Map.entry("GETRANGE", Operation.READ),
                Map.entry("STRLEN", Operation.READ),
                Map.entry("WRITE", Operation.WRITE),
                Map.entry("WRITE_ALL", Operation.WRITE),
                Map.entry("PIECE", Operation.WRITE),
                Map.entry("CLAIM", Operation.WRITE),
                Map.entry("REMOVE", Operation.REMOVE),
                Map.entry("REMOVE_ALL", Operation.REMOVE),
                Map.entry("SOFTEN", Operation.INVALIDATE),
                Map.entry("CLEAR", Operation.CLEAR),
                Map.entry("SWEEP", Operation.CLEAR),
                Map.entry("TAG", Operation.INVALIDATE),
                Map.entry("PATTERN", Operation.INVALIDATE),
                Map.entry("LEASE", Operation.LOAD_LEASE),
                Map.entry("RENEW", Operation.LOAD_LEASE),
                Map.entry("RELEASE", Operation.LOAD_LEASE),
                Map.entry("ABSENT", Operation.LOAD_LEASE),
                Map.entry("FAIL", Operation.LOAD_LEASE),
                Map.entry("KEPT", Operation.LOAD_LEASE),
                Map.entry("REFRESH", Operation.LOAD_LEASE),
                Map.entry("TOUCH", Operation.EXTEND),
                Map.entry("TOUCH_ALL", Operation.EXTEND),
                Map.entry("SCAN", Operation.SCAN));
    }

    /** Counts a call that was answered; {@code what} is the name of its command or script. */
    public void answered(String what, long nanos) {
        of(OPERATIONS.getOrDefault(what, Operation.OTHER)).record(nanos);
    }

    private Histogram of(Operation operation) {
        return Objects.requireNonNull(times.get(operation), "There is a histogram for each operation");
    }

    /** Counts a call that came to nothing. */
    public void failed(Failure failure) {
        LongAdder count = failures.get(failure);
        if (count != null) {
            count.increment();
        }
    }

    /** Counts changes that the far tier has made, and told all nodes of. */
    public void sent(int changes) {
        sent.add(changes);
    }

    /** Counts a value on its way out: its bytes, and how many of them are stored. */
    public void wrote(int plain, int stored) {
        plainOut.add(plain);
        storedOut.add(stored);
    }

    /** Counts a value that came in. */
    public void read(int plain, int stored) {
        plainIn.add(plain);
        storedIn.add(stored);
    }

    /** Returns the meters of a cache. */
    List<Meter> meters(String cache) {
        List<Meter> meters = new ArrayList<>();
        times.forEach((operation, histogram) ->
                meters.add(Meter.ofHistogram(Metric.CACHE_FAR_DURATION, histogram::read, cache, operation.tag())));
        failures.forEach(
                (failure, count) -> meters.add(Meter.of(Metric.CACHE_FAR_ERRORS, count::sum, cache, failure.tag())));
        meters.add(Meter.of(Metric.CACHE_INVALIDATIONS_SENT, sent::sum, cache));
        meters.add(Meter.of(Metric.CACHE_VALUE_BYTES, plainOut::sum, cache, "out", "plain"));
        meters.add(Meter.of(Metric.CACHE_VALUE_BYTES, storedOut::sum, cache, "out", "stored"));
        meters.add(Meter.of(Metric.CACHE_VALUE_BYTES, plainIn::sum, cache, "in", "plain"));
        meters.add(Meter.of(Metric.CACHE_VALUE_BYTES, storedIn::sum, cache, "in", "stored"));
        meters.add(Meter.of(Metric.CACHE_COMPRESSION_RATIO, this::ratio, cache));
        return meters;
    }

    private double ratio() {
        long stored = storedOut.sum();
        return stored == 0 ? 1 : (double) plainOut.sum() / stored;
    }

    /** Returns the meters of a rate limiter, whose questions are all of one kind. */
    public List<Meter> limiterMeters() {
        List<Meter> meters = new ArrayList<>();
        Histogram questions = of(Operation.OTHER);
        meters.add(Meter.ofHistogram(Metric.LIMIT_FAR_DURATION, questions::read));
        failures.forEach((failure, count) -> meters.add(Meter.of(Metric.LIMIT_FAR_ERRORS, count::sum, failure.tag())));
        return meters;
    }
}
