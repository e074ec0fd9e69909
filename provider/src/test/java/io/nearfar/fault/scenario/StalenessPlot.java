package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Bounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How stale anything that was read under each fault was at worst, as a picture of the table on a page.
 *
 * @param about the form of the run, and its date
 * @param bars of each fault, the worst first
 */
record StalenessPlot(String about, List<Bar> bars) {
    private static final int WIDTH = 980;
    private static final int LABELS = 500;
    private static final int ROOM = 420;
    private static final int LINE = 20;
    private static final int TOP = 92;
    private static final int BOTTOM = 40;
    private static final double STEP = 500;
    private static final double BOUND = millis(Bounds.NEAR_LEASE + Bounds.DEADLINE);
    private static final double HEALTHY = millis(Bounds.HEALTHY);

    private static final String STYLE = """
            <style>
            .ground { fill: #ffffff } text { fill: #1c2733 } .quiet { fill: #55636f } .grid { stroke: #d5dbe1 }
            .bar { fill: #1f6f8b } .ring { fill: #ffffff; stroke: #b36a1e; stroke-width: 2 } .bound { stroke: #b00020; stroke-width: 1.5; stroke-dasharray: 6 3 }
            @media (prefers-color-scheme: dark) {
            .ground { fill: #12181f } text { fill: #e4eaef } .quiet { fill: #a9b6c1 } .grid { stroke: #38444f }
            .bar { fill: #5fb3cf } .ring { fill: #12181f; stroke: #e0a05c } .bound { stroke: #ff7a8a }
            }
            </style>
            """;

    /**
     * What one fault came to, in milliseconds.
     *
     * @param fresh of caches that serve nothing stale in an outage; negative if there were none
     * @param open of caches with the default settings; negative if there were none
     */
    record Bar(String fault, double fresh, double open) {
        private Bar and(Bar other) {
            return new Bar(fault, Math.max(fresh, other.fresh), Math.max(open, other.open));
        }
    }

    /** Reads the table that the suite has written into a page. */
    static StalenessPlot of(String page) {
        List<String> lines = Table.written(page).lines().toList();
        Map<String, Bar> bars = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .filter(cells -> cells.get(1 + Row.WORST).endsWith(" ms"))
                .map(StalenessPlot::bar)
                .forEach(bar -> bars.merge(bar.fault(), bar, Bar::and));
        return new StalenessPlot(
                lines.get(0).substring(0, lines.get(0).indexOf('.', lines.get(0).indexOf("Java"))),
                bars.values().stream()
                        .sorted(Comparator.comparingDouble(Bar::fresh).reversed())
                        .toList());
    }

    private static Bar bar(List<String> cells) {
        String worst = cells.get(1 + Row.WORST);
        double millis = Double.parseDouble(worst.substring(0, worst.length() - " ms".length()));
        boolean open = cells.get(2).equals(Policy.OPEN.what());
        return new Bar(cells.get(1), open ? -1 : millis, open ? millis : -1);
    }

    /** Writes it into a file. */
    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, svg());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the picture. */
    String svg() {
        int height = TOP + LINE * bars.size() + BOTTOM;
        StringBuilder svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%1$d\" height=\"%2$d\" role=\"img\""
                        + " aria-labelledby=\"title desc\" font-family=\"sans-serif\" font-size=\"12\">\n",
                WIDTH, height));
        svg.append(
                "<title id=\"title\">Staleness under faults</title>\n<desc id=\"desc\">Of each fault the longest time for"
                        + " which a read on another node missed a change: bars of caches that serve nothing stale, rings of caches"
                        + " with the default settings. The figures are those of the table on the page.</desc>\n");
        svg.append(STYLE).append(text("<rect class=\"ground\" width=\"%d\" height=\"%d\"/>\n", WIDTH, height));
        svg.append(
                "<text x=\"10\" y=\"22\" font-size=\"15\" font-weight=\"bold\">Staleness under faults: the longest time for"
                        + " which a read on another node missed a change</text>\n");
        svg.append(text("<text class=\"quiet\" x=\"10\" y=\"42\">%s</text>\n", escaped(about)));
        svg.append(
                "<rect class=\"bar\" x=\"10\" y=\"54\" width=\"18\" height=\"10\"/><text x=\"34\" y=\"63\">caches that serve"
                        + " nothing stale (nearfar.max-stale = 0)</text>\n<circle class=\"ring\" cx=\"415\" cy=\"59\" r=\"4\"/><text"
                        + " x=\"426\" y=\"63\">the defaults: a node that is cut off may answer with what is 30 s old</text>\n");
        svg.append(axis(height - BOTTOM));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(line(bars.get(i), TOP + LINE * i));
        }
        return svg.append(bound(HEALTHY, "0.25 s without a fault", height - BOTTOM))
                .append(bound(BOUND, "1.25 s, the bound of the bars", height - BOTTOM))
                .append("</svg>\n")
                .toString();
    }

    private String axis(int bottom) {
        StringBuilder axis = new StringBuilder();
        for (double at = 0; at <= most(); at += STEP) {
            axis.append(upright("grid", at, TOP, bottom));
            axis.append(text(
                    "<text class=\"quiet\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.1f s</text>\n",
                    x(at), bottom + 16, at / 1000));
        }
        return axis.toString();
    }

    private String bound(double at, String what, int bottom) {
        return upright("bound", at, TOP - 6, bottom)
                + text("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", x(at), TOP - 10, what);
    }

    private String upright(String kind, double at, int top, int bottom) {
        return text("<line class=\"%s\" x1=\"%d\" x2=\"%2$d\" y1=\"%d\" y2=\"%d\"/>\n", kind, x(at), top, bottom);
    }

    private String line(Bar bar, int top) {
        String drawn = text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", LABELS - 8, top + 14, escaped(bar.fault()));
        if (bar.fresh() >= 0) {
            drawn += text(
                    "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"12\"/>\n",
                    LABELS, top + 4, Math.max(1, x(bar.fresh()) - LABELS));
        }
        if (bar.open() >= 0) {
            drawn += text("<circle class=\"ring\" cx=\"%d\" cy=\"%d\" r=\"4\"/>\n", x(bar.open()), top + 10);
        }
        return drawn;
    }

    private int x(double millis) {
        return LABELS + (int) Math.round(ROOM * millis / most());
    }

    private double most() {
        double most = bars.stream()
                .mapToDouble(bar -> Math.max(bar.fresh(), bar.open()))
                .reduce(BOUND, Math::max);
        return STEP * Math.ceil(most / STEP);
    }

    private static double millis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
