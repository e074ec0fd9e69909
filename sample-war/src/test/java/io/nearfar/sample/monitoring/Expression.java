package io.nearfar.sample.monitoring;

import java.util.Map;

/** A query, ready to be asked. */
interface Expression {
    /** Returns the values at an instant; a number that belongs to no series has {@link Labels#NONE}. */
    Map<Labels, Double> at(Series series, int second);

    /** Tells whether it is a number and no series. */
    default boolean isNumber() {
        return false;
    }
}
