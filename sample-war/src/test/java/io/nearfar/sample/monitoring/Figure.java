package io.nearfar.sample.monitoring;

import io.nearfar.sample.monitoring.Dashboard.Panel;
import io.nearfar.sample.monitoring.Recording.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A panel in HTML: its title, its curves, and what they are called. */
final class Figure {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 132;
    private static final int LEFT = 62;
    private static final int RIGHT = 10;
    private static final int TOP = 8;
    private static final int BOTTOM = 16;
    private static final int MARK = 5;
    private static final String QUIET = "#9aa5b1";
    private static final List<String> COLOURS = List.of(
            "#1f6f8b", "#d1602a", "#3c8d40", "#8a4fa8", "#b8860b", "#c2185b", "#546e7a", "#6d4c41", "#0097a7",
            "#7cb342");

    private final Panel panel;
    private final Unit unit;
    private final List<Curve> still;
    private final List<Curve> moving;
    private final NavigableSet<Integer> seconds;
    private final double step;
    private final double most;

    Figure(Panel panel, Recording recording) {
        this.panel = panel;
        this.unit = Unit.of(panel.unit());
        this.seconds = recording.seconds();
        List<Curve> curves = recording.curves(panel);
        this.still = curves.stream().filter(curve -> largest(curve) == 0).toList();
        this.moving = curves.stream().filter(curve -> largest(curve) != 0).toList();
        double largest = curves.stream().mapToDouble(Figure::largest).max().orElseThrow();
        this.step = unit.step(largest);
        this.most = Math.max(1, Math.ceil(largest / step)) * step;
    }

    private static double largest(Curve curve) {
        return curve.points().values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
    }

    /** Returns it, with the seconds from one to another in the shade. */
    String html(int from, int to) {
        return "<figure style=\"grid-column:" + (panel.place().left() + 1) + "/span "
                + panel.place().width() + "\"><h3>" + Sheet.escaped(panel.title()) + "</h3>" + svg(from, to)
                + "<figcaption>" + legend() + "</figcaption></figure>\n";
    }

    private String svg(int from, int to) {
        return "<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\">"
                + text(
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#f3e3dc\"/>",
                        x(from), TOP, x(to) - x(from), HEIGHT - TOP - BOTTOM)
                + grid()
                + still.stream().map(curve -> line(curve, QUIET)).collect(Collectors.joining())
                + IntStream.range(0, moving.size())
                        .mapToObj(i -> line(moving.get(i), colour(i)))
                        .collect(Collectors.joining())
                + "</svg>";
    }

    private String grid() {
        StringBuilder grid = new StringBuilder();
        for (int i = 0; i * step <= most; i++) {
            grid.append(text(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%3$.1f\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT, WIDTH - RIGHT, y(i * step), LEFT - MARK, y(i * step) + 3, unit.text(i * step)));
        }
        for (int second = 0; second <= seconds.last(); second += MARK) {
            grid.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>", x(second), HEIGHT - 3, second));
        }
        return grid.toString();
    }

    /** Pieces where a second has no value in between. */
    private String line(Curve curve, String colour) {
        List<List<Integer>> pieces = new ArrayList<>();
        boolean goesOn = false;
        for (int second : seconds) {
            if (curve.points().containsKey(second)) {
                if (!goesOn) {
                    pieces.add(new ArrayList<>());
                }
                pieces.get(pieces.size() - 1).add(second);
            }
            goesOn = curve.points().containsKey(second);
        }
        return pieces.stream().map(piece -> line(curve, piece, colour)).collect(Collectors.joining());
    }

    private String line(Curve curve, List<Integer> piece, String colour) {
        String points = piece.stream()
                .map(second -> text("%.1f,%.1f", x(second), y(curve.points().get(second))))
                .collect(Collectors.joining(" "));
        return piece.size() > 1
                ? "<polyline points=\"" + points + "\" stroke=\"" + colour + "\"/>"
                : text(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"%s\"/>",
                        x(piece.get(0)), y(curve.points().get(piece.get(0))), colour);
    }

    private double x(double second) {
        return LEFT + (WIDTH - LEFT - RIGHT) * second / seconds.last();
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most;
    }

    private String legend() {
        String named = IntStream.range(0, moving.size())
                .mapToObj(i -> entry(moving.get(i).legend(), colour(i)))
                .collect(Collectors.joining());
        if (still.isEmpty()) {
            return named;
        }
        return named + entry(still.size() == 1 ? still.get(0).legend() + ": 0" : still.size() + " series: 0", QUIET);
    }

    private static String entry(String text, String colour) {
        return "<span><i style=\"background:" + colour + "\"></i>" + Sheet.escaped(text) + "</span> ";
    }

    private static String colour(int i) {
        return COLOURS.get(i % COLOURS.size());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
