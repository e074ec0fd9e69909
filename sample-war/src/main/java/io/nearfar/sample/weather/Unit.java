package io.nearfar.sample.weather;

/** How temperatures are told: the present release of the application has Celsius, the one before had Fahrenheit. */
public enum Unit {
    /** Celsius. */
    C,
    /** Fahrenheit. */
    F;

    private static final double STEP = 1.8;
    private static final int ZERO = 32;

    /** Whole degrees of this unit for a temperature in Celsius. */
    long degrees(double celsius) {
        return Math.round(this == C ? celsius : ZERO + STEP * celsius);
    }
}
