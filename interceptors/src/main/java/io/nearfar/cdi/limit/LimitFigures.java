package io.nearfar.cdi.limit;

/**
 * How many calls met a limit on this node since the application started.
 *
 * @param admitted those that it had room for, or that passed while requests could not be counted
 * @param refused those that it had no room for and that were not made
 * @param exempted those that passed for a role of the caller's
 * @param shadowed those that it would have refused, were it not in shadow mode
 */
public record LimitFigures(long admitted, long refused, long exempted, long shadowed) {}
