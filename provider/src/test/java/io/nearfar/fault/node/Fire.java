package io.nearfar.fault.node;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests that each of some threads of a node makes, one after the other.
 *
 * @param counter who is asked, or null for Nearfar's limiter
 * @param leased whether nodes may hold credits of the limits; for Nearfar's limiter alone
 * @param asks the limits of each request
 * @param windowMicros the window of all of them
 * @param cost of each request
 * @param calls how many requests a thread makes at least
 * @param micros how long it makes requests at least
 * @param pauseMicros how long it rests after each
 * @param threads how many there are
 */
public record Fire(
        @Nullable Counter counter,
        boolean leased,
        List<Ask> asks,
        long windowMicros,
        long cost,
        int calls,
        long micros,
        long pauseMicros,
        int threads) {
    private static final String NEARFAR = "nearfar";

    /** Returns the words of the order. */
    Object[] words() {
        String whom = counter == null ? NEARFAR : counter.name();
        String what = asks.stream().map(Ask::toString).collect(Collectors.joining(","));
        return new Object[] {"fire", whom, leased, what, windowMicros, cost, calls, micros, pauseMicros, threads};
    }

    static Fire of(String[] words) {
        return new Fire(
                words[1].equals(NEARFAR) ? null : Counter.valueOf(words[1]),
                Boolean.parseBoolean(words[2]),
                Ask.of(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                Integer.parseInt(words[6]),
                Long.parseLong(words[7]),
                Long.parseLong(words[8]),
                Integer.parseInt(words[9]));
    }
}
