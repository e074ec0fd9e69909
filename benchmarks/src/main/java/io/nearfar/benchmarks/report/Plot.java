package io.nearfar.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A picture of what peers took for one work: a bar from nothing to the median for each, and a line from the least to the most.
 *
 * @param file the name of the file that gets it, without its ending
 * @param title what was measured
 * @param bars what each took, in the order of the picture; those that failed have no bar but the word
 */
public record Plot(String file, String title, List<Measured> bars) {
    private static final int WIDTH = 860;
    private static final int LABELS = 330;
    private static final int ROOM = 400;
    private static final int LINE = 26;
    private static final int TOP = 44;
    /** From so many times the least on, the least would not be seen on an even scale. */
    private static final double LOGARITHMIC_FROM = 40;

    /** Returns the picture. */
    public String svg() {
        int height = TOP + LINE * bars.size() + 10;
        StringBuilder svg = new StringBuilder();
        svg.append(line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"13\">",
                WIDTH, height, WIDTH, height));
        svg.append(line("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height));
        svg.append(line(
                "<text x=\"10\" y=\"24\" font-size=\"15\" font-weight=\"bold\">%s</text>",
                escaped(title + (logarithmic() ? " (logarithmic)" : ""))));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(bar(bars.get(i), TOP + LINE * i));
        }
        return svg.append("</svg>\n").toString();
    }

    private String bar(Measured measured, int top) {
        String label = line(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                LABELS - 8, top + 16, escaped(measured.label()));
        if (measured.failed()) {
            return label + line("<text x=\"%d\" y=\"%d\" fill=\"#b00020\">failed</text>", LABELS + 4, top + 16);
        }
        Spread spread = measured.series().spread();
        int end = length(spread.median());
        return label
                + line(
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\" fill=\"%s\"/>",
                        LABELS, top + 3, end, measured.label().startsWith("Nearfar") ? "#1f6f8b" : "#b8c4cc")
                + line(
                        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#333333\" stroke-width=\"1.5\"/>",
                        LABELS + length(spread.minimum()), top + 11, LABELS + length(spread.maximum()), top + 11)
                + line(
                        "<text x=\"%d\" y=\"%d\">%s</text>",
                        LABELS + length(spread.maximum()) + 6, top + 16, escaped(measured.text()));
    }

    private int length(double figure) {
        double most = most();
        if (most <= 0) {
            return 0;
        }
        if (!logarithmic()) {
            return (int) Math.round(ROOM * figure / most);
        }
        double floor = least() / 2;
        return (int) Math.round(ROOM * Math.log(figure / floor) / Math.log(most / floor));
    }

    private boolean logarithmic() {
        return least() > 0 && most() / least() > LOGARITHMIC_FROM;
    }

    private double most() {
        return bars.stream()
                .filter(bar -> !bar.failed())
                .mapToDouble(bar -> bar.series().spread().maximum())
                .max()
                .orElse(0);
    }

    private double least() {
        return bars.stream()
                .filter(bar -> !bar.failed())
                .mapToDouble(bar -> bar.series().spread().minimum())
                .min()
                .orElse(0);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
