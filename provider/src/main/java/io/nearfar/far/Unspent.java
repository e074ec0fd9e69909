package io.nearfar.far;

/**
 * Credits that will not be spent.
 *
 * @param grant by which they came
 * @param credits how many of it
 */
public record Unspent(Grant grant, long credits) {}
