package io.nearfar.benchmarks.report;

/**
 * What a figure has to be, set before it was measured.
 *
 * @param work what is measured
 * @param side on which side of the limit it must lie
 * @param limit the limit, in that unit
 * @param unit what the limit counts; × for a ratio
 * @param alarm the limit of the check of a build, which any machine must keep: wider, since neighbours disturb a ratio
 */
public record Bar(String work, Side side, double limit, String unit, double alarm) {
    /** How much wider the check's limit is by default. */
    private static final double SLACK = 3;

    /** On which side of a limit a figure must lie. */
    public enum Side {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Side(String sign) {
            this.sign = sign;
        }

        private boolean holds(double figure, double limit) {
            return this == AT_MOST ? figure <= limit : figure >= limit;
        }
    }

    /** Returns a bar for a ratio that must not be greater. */
    public static Bar atMost(String work, double ratio) {
        return atMost(work, ratio, "×");
    }

    /** Returns a bar for a figure that must not be greater. */
    public static Bar atMost(String work, double limit, String unit) {
        return new Bar(work, Side.AT_MOST, limit, unit, limit * SLACK);
    }

    /** Returns a bar for a ratio that must not be smaller. */
    public static Bar atLeast(String work, double ratio) {
        return new Bar(work, Side.AT_LEAST, ratio, "×", ratio / SLACK);
    }

    /** Returns the same bar with another limit for the check of a build. */
    public Bar withAlarm(double other) {
        return new Bar(work, side, limit, unit, other);
    }

    /** Tells whether a figure is what it has to be. */
    public boolean heldBy(double figure) {
        return side.holds(figure, limit);
    }

    /** Tells whether a figure is so far off that a change must have done it. */
    public boolean alarmedBy(double figure) {
        return !side.holds(figure, alarm);
    }

    /** Returns the bar for a cell of a table. */
    public String text() {
        return side.sign + " " + number(limit) + " " + unit;
    }

    /** Returns the check's limit for a line of text. */
    public String alarmText() {
        return side.sign + " " + number(alarm) + " " + unit;
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) ? String.valueOf((long) limit) : Spread.digits(limit);
    }
}
