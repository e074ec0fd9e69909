package io.nearfar.sample.monitoring;

import io.nearfar.sample.monitoring.Dashboard.Panel;
import io.nearfar.sample.monitoring.Dashboard.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running sample exported, collected once a second: no value is reckoned. */
final class Recording {
    /** Over what rates are, which is four times the interval of collecting. */
    static final String RATES = "4s";

    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    private final RunningSample sample;
    private final Series series = new Series();
    private final NavigableSet<Integer> seconds = new TreeSet<>();
    private final long begun = System.nanoTime();

    Recording(RunningSample sample) {
        this.sample = sample;
    }

    /** One line of a panel; it may have gaps. */
    record Curve(String legend, NavigableMap<Integer, Double> points) {}

    /** Returns how many seconds it has gone on for. */
    int second() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    }

    /** Returns the seconds in which was collected. */
    NavigableSet<Integer> seconds() {
        return seconds;
    }

    /** Collects, if a second has begun in which it was not done yet. */
    void goOn() {
        int second = second();
        if (seconds.isEmpty() || seconds.last() < second) {
            series.add(second, sample.scrape());
            seconds.add(second);
        }
    }

    /** Returns the queries of panels to which no instant has an answer. */
    List<String> withoutFigures(List<Panel> panels) {
        List<String> without = new ArrayList<>();
        panels.forEach(panel -> panel.targets().stream()
                .filter(target -> curves(target).isEmpty())
                .forEach(target -> without.add(panel.title() + ": " + target.query())));
        return without;
    }

    List<Curve> curves(Panel panel) {
        return panel.targets().stream()
                .flatMap(target -> curves(target).stream())
                .toList();
    }

    private List<Curve> curves(Target target) {
        Expression query = Query.read(target.query());
        Map<String, NavigableMap<Integer, Double>> curves = new TreeMap<>();
        for (int second : seconds) {
            query.at(series, second).forEach((labels, value) -> {
                if (!value.isNaN()) {
                    curves.computeIfAbsent(legend(target, labels), key -> new TreeMap<>())
                            .put(second, value);
                }
            });
        }
        List<Curve> named = new ArrayList<>();
        curves.forEach((legend, points) -> named.add(new Curve(legend, points)));
        return named;
    }

    private static String legend(Target target, Labels labels) {
        return LABEL.matcher(target.legend()).replaceAll(label -> Matcher.quoteReplacement(labels.get(label.group(1))));
    }
}
