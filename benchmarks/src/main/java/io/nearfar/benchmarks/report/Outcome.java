package io.nearfar.benchmarks.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bar and what was measured.
 *
 * @param bar what it has to be
 * @param ours our figure, with its unit
 * @param theirs the peer's figure and its name; empty where the bar is a figure of ours alone
 * @param figure what the bar is about; null if nothing was measured
 * @param missing why nothing was measured; empty if something was
 */
public record Outcome(
        Bar bar, String ours, String theirs, @Nullable Spread figure, String missing) {
    /** The columns of {@link #row}. */
    public static final List<String> COLUMNS =
            List.of("work", "our figure", "the peer's", "ratio or figure, min / median / max", "bar", "held");

    /** Returns the outcome of a comparison, by two series of the same unit. */
    public static Outcome of(Bar bar, Measured ours, Measured theirs, Spread ratio) {
        return new Outcome(bar, ours.text(), theirs.text() + ", " + theirs.label(), ratio, "");
    }

    /** Returns the outcome of a bar that is about a figure of ours alone. */
    public static Outcome of(Bar bar, Measured ours) {
        return new Outcome(bar, ours.text(), "", ours.series().spread(), "");
    }

    /** Returns the outcome of a bar for which there is no figure. */
    public static Outcome missing(Bar bar, String reason) {
        return new Outcome(bar, "", "", null, reason);
    }

    /** Returns the outcome of "ours in relation to theirs, round by round"; missing if one of both has failed. */
    public static Outcome ratio(Bar bar, Measured ours, Measured theirs) {
        return compare(bar, ours, theirs, false);
    }

    /** Returns the outcome of "theirs in relation to ours, round by round", for bars that say how many times as fast we are. */
    public static Outcome times(Bar bar, Measured ours, Measured theirs) {
        return compare(bar, ours, theirs, true);
    }

    private static Outcome compare(Bar bar, Measured ours, Measured theirs, boolean inverse) {
        for (Measured each : List.of(ours, theirs)) {
            if (each.failed()) {
                return missing(bar, each.label() + ": " + each.failure());
            }
        }
        Series upper = inverse ? theirs.series() : ours.series();
        Series lower = inverse ? ours.series() : theirs.series();
        return of(bar, ours, theirs, upper.ratioTo(lower));
    }

    /** Tells whether the figure is what it has to be; its median counts. */
    public boolean held() {
        return figure != null && bar.heldBy(figure.median());
    }

    /** Tells whether the check of a build has to fail: no figure, or one that is far off. */
    public boolean alarming() {
        return figure == null || bar.alarmedBy(figure.median());
    }

    /** Returns the cells of a table's row. */
    public List<String> row() {
        if (figure == null) {
            return List.of(bar.work(), "none: " + missing, "", "", bar.text(), "no figure");
        }
        return List.of(bar.work(), ours, theirs, figure.text(), bar.text(), held() ? "yes" : "**no**");
    }
}
