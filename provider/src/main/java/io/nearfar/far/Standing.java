package io.nearfar.far;

/**
 * How one quota stands.
 *
 * @param used the permits in use, those of the request included if it was charged
 * @param oldest when the oldest of them was taken, in microseconds; the present if there are none
 * @param freeIn microseconds until the cost of the request is there; 0 if it is
 */
public record Standing(long used, long oldest, long freeIn) {}
