package io.nearfar.cdi.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads version 0.0.4 of Prometheus' text format, strictly and by its own grammar: character by character, knowing nothing of
 * what has written it. A text that is not right is refused with the line that is wrong.
 */
public final class TextFormat {
    private static final List<String> TYPES = List.of("counter", "gauge", "histogram", "summary", "untyped");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private String line = "";
    private int at;

    /** A metric with its samples, in the order of the text. */
    public static final class Family {
        private final String help;
        private String type = "untyped";
        private final Map<Series, Double> samples = new LinkedHashMap<>();

        private Family(String help) {
            this.help = help;
        }

        public String help() {
            return help;
        }

        public String type() {
            return type;
        }

        public Map<Series, Double> samples() {
            return samples;
        }
    }

    /** The name of a sample and its labels. */
    public record Series(String name, Map<String, String> labels) {}

    /** Returns the families by their names. */
    public static Map<String, Family> read(String text) {
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new IllegalArgumentException("The last line does not end");
        }
        TextFormat reading = new TextFormat();
        text.lines().forEach(reading::line);
        reading.families.values().forEach(TextFormat::check);
        return reading.families;
    }

    private void line(String next) {
        line = next;
        at = 0;
        if (line.startsWith("# HELP ")) {
            at = 7;
            String name = name();
            expect(' ');
            if (families.put(name, new Family(unescaped(line.substring(at), false))) != null) {
                throw wrong("told twice");
            }
        } else if (line.startsWith("# TYPE ")) {
            at = 7;
            type(name());
        } else if (!line.isBlank() && !line.startsWith("#")) {
            sample();
        }
    }

    private void type(String name) {
        expect(' ');
        String type = line.substring(at);
        Family family = last(name);
        if (!TYPES.contains(type) || !family.samples.isEmpty()) {
            throw wrong("a type out of place, or none");
        }
        family.type = type;
    }

    /** A family's lines are together: only the last may go on. */
    private Family last(String name) {
        String last = new ArrayList<>(families.keySet()).get(families.size() - 1);
        Family family = families.get(last);
        boolean ofHistogram = family.type.equals("histogram")
                && List.of(last + "_bucket", last + "_sum", last + "_count").contains(name);
        boolean plain = !family.type.equals("histogram") || family.samples.isEmpty();
        if (!ofHistogram && !(plain && last.equals(name))) {
            throw wrong("not of the family " + last);
        }
        return family;
    }

    private void sample() {
        String name = name();
        Map<String, String> labels = new LinkedHashMap<>();
        if (line.charAt(at) == '{') {
            at++;
            while (line.charAt(at) != '}') {
                String label = name();
                expect('=');
                if (labels.put(label, quoted()) != null) {
                    throw wrong("a label twice");
                }
                if (line.charAt(at) == ',') {
                    at++;
                }
            }
            at++;
        }
        expect(' ');
        if (last(name).samples.put(new Series(name, labels), number(line.substring(at))) != null) {
            throw wrong("a series twice");
        }
    }

    private String name() {
        int start = at;
        while (at < line.length()
                && (Character.isLetterOrDigit(line.charAt(at)) || "_:".indexOf(line.charAt(at)) >= 0)) {
            at++;
        }
        if (start == at || Character.isDigit(line.charAt(start))) {
            throw wrong("no name");
        }
        return line.substring(start, at);
    }

    private String quoted() {
        expect('"');
        int start = at;
        while (line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return unescaped(line.substring(start, at++), true);
    }

    private String unescaped(String text, boolean quotes) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each != '\\') {
                plain.append(each);
                continue;
            }
            char escaped = text.charAt(++i);
            if (escaped == 'n') {
                plain.append('\n');
            } else if (escaped == '\\' || (quotes && escaped == '"')) {
                plain.append(escaped);
            } else {
                throw wrong("\\" + escaped);
            }
        }
        return plain.toString();
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private void expect(char wanted) {
        if (at >= line.length() || line.charAt(at) != wanted) {
            throw wrong("no '" + wanted + "' at " + at);
        }
        at++;
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(why + ": " + line);
    }

    /** Buckets are cumulative, ascend, and end with the count. */
    private static void check(Family family) {
        if (!family.type.equals("histogram")) {
            return;
        }
        double bound = Double.NEGATIVE_INFINITY;
        double below = 0;
        for (Map.Entry<Series, Double> sample : family.samples.entrySet()) {
            String name = sample.getKey().name();
            if (name.endsWith("_bucket")) {
                double next = number(sample.getKey().labels().get("le"));
                if (next <= bound || sample.getValue() < below) {
                    throw new IllegalArgumentException("Not cumulative: " + sample);
                }
                bound = next;
                below = sample.getValue();
            } else if (name.endsWith("_count")) {
                if (bound != Double.POSITIVE_INFINITY || below != sample.getValue()) {
                    throw new IllegalArgumentException("Not the last bucket: " + sample);
                }
                bound = Double.NEGATIVE_INFINITY;
                below = 0;
            }
        }
    }
}
