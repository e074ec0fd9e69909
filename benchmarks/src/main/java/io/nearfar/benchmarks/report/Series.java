package io.nearfar.benchmarks.report;

import java.util.List;
import java.util.stream.IntStream;

/** What one peer took for one operation, round by round. */
public record Series(List<Double> rounds) {
    /** Returns the spread of what it took. */
    public Spread spread() {
        return Spread.of(rounds);
    }

    /** Returns how many times as long as another it took, both in the same round, since only then were both equally disturbed. */
    public Spread ratioTo(Series other) {
        return Spread.of(IntStream.range(0, Math.min(rounds.size(), other.rounds.size()))
                .mapToObj(round -> rounds.get(round) / other.rounds.get(round))
                .toList());
    }
}
