package io.nearfar.fault.node;

import java.io.Serializable;

/** A number with so much text that it is worth compressing, and of a class for which there is no compact form. */
final class Weighted extends Number implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String WEIGHT = "as a value of some size ".repeat(8);

    private long number;
    private String weight;

    /** For codecs. */
    private Weighted() {
        this(0);
    }

    Weighted(long number) {
        this.number = number;
        this.weight = WEIGHT + number;
    }

    @Override
    public int intValue() {
        return (int) number;
    }

    @Override
    public long longValue() {
        return number;
    }

    @Override
    public float floatValue() {
        return number;
    }

    @Override
    public double doubleValue() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weighted same && same.number == number && same.weight.equals(weight);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public String toString() {
        return String.valueOf(number);
    }
}
