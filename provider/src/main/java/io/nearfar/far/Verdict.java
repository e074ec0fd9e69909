package io.nearfar.far;

import java.util.List;

/**
 * What quotas say to a request.
 *
 * @param admitted whether all have room for it
 * @param now the present, in microseconds of the clock by which is counted
 * @param standings how each of them stands
 */
public record Verdict(boolean admitted, long now, List<Standing> standings) {
    /** Creates one. */
    public Verdict {
        standings = List.copyOf(standings);
    }

    /** Creates the one that follows from how the quotas stand. */
    public static Verdict of(long now, List<Standing> standings) {
        return new Verdict(standings.stream().allMatch(standing -> standing.freeIn() == 0), now, standings);
    }
}
