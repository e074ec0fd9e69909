package io.nearfar.benchmarks.peer;

/**
 * How a peer is opened.
 *
 * @param values the kind of values that it gets
 * @param address where the server is; peers that need none ignore it
 * @param room how many entries it may hold in the process, where it has a bound
 * @param duties what a JCache does besides; other peers ignore it
 */
public record Opening(Values values, String address, int room, Duties duties) {
    /** Returns how a peer is opened that evicts nothing of {@link Keys} and has no duties. */
    public static Opening of(Values values, String address) {
        return new Opening(values, address, Keys.ROOM, Duties.NONE);
    }

    /** Returns the same with another bound. */
    public Opening withRoom(int entries) {
        return new Opening(values, address, entries, duties);
    }

    /** Returns the same with other duties. */
    public Opening withDuties(Duties others) {
        return new Opening(values, address, room, others);
    }
}
