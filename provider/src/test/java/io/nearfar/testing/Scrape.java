package io.nearfar.testing;

import io.nearfar.Distribution;
import io.nearfar.Meter;
import io.nearfar.NearfarManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Series of Nearfar by name and labels: as the text of Prometheus has them, and as the documentation promises them for the meters of a manager. */
public final class Scrape {
    private static final Pattern LINE = Pattern.compile("(nearfar_\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern NAME = Pattern.compile("\\bnearfar_[a-z_]+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private Scrape() {}

    /** Returns what a text tells of Nearfar. */
    public static Map<String, Double> of(String text) {
        Map<String, Double> series = new TreeMap<>();
        for (String line : text.split("\n")) {
            Matcher found = LINE.matcher(line);
            if (found.matches()) {
                Map<String, String> labels = new TreeMap<>();
                if (found.group(2) != null) {
                    LABEL.matcher(found.group(2))
                            .results()
                            .forEach(label -> labels.put(label.group(1), label.group(2)));
                }
                labels.computeIfPresent("le", (le, bound) -> bound(bound));
                series.put(found.group(1) + labels, number(found.group(3)));
            }
        }
        return series;
    }

    /** Returns what the documentation promises for the meters as they are now, with further labels. */
    public static Map<String, Double> expected(NearfarManager manager, Map<String, String> further) {
        Map<String, Double> series = new TreeMap<>();
        for (Meter meter : manager.meters()) {
            String name = meter.metric().fullName();
            Map<String, String> labels = new TreeMap<>(further);
            labels.putAll(meter.tags());
            Distribution distribution = meter.distribution();
            if (distribution == null) {
                series.put(name + labels, meter.value());
                continue;
            }
            series.put(name + "_count" + labels, (double) distribution.count());
            series.put(name + "_sum" + labels, distribution.sum());
            double below = 0;
            for (int i = 0; i < distribution.counts().size(); i++) {
                below += distribution.counts().get(i);
                Map<String, String> bucket = new TreeMap<>(labels);
                bucket.put(
                        "le",
                        i < distribution.bounds().size()
                                ? String.valueOf(distribution.bounds().get(i))
                                : "Infinity");
                series.put(name + "_bucket" + bucket, below);
            }
        }
        return series;
    }

    /** Returns the names in what {@code deploy} asks Prometheus for. */
    public static Set<String> asked(String file) throws IOException {
        return NAME.matcher(Files.readString(Path.of("..", "deploy", file)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the names of series. */
    public static Set<String> names(Map<String, Double> series) {
        return series.keySet().stream()
                .map(name -> name.replaceAll("\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String bound(String text) {
        return String.valueOf(number(text));
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
