package io.nearfar.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** What lies lowest, in the middle and highest of several measurements. */
public record Spread(double minimum, double median, double maximum) {
    /**
     * Returns the spread of those measurements.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Spread of(List<Double> measured) {
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("A spread needs a measurement; this peer has none, show why instead");
        }
        List<Double> sorted = measured.stream().sorted().toList();
        int last = sorted.size() - 1;
        double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(last));
    }

    /** Returns the three for a cell of a table. */
    public String text() {
        return digits(minimum) + " / " + digits(median) + " / " + digits(maximum);
    }

    /** Returns the number with as many digits as say something. */
    public static String digits(double number) {
        int decimals = number >= 100 ? 0 : number >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }
}
