package io.nearfar.tier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * On what terms a node has opened a cache: those of its settings that nodes should have alike, because they share its
 * entries. Each is a name and a value for people to read; what a node does not say is not compared.
 */
public record Terms(Map<String, String> values) {
    private static final int LONGEST = 200;

    /** Takes a copy in the same order. */
    public Terms {
        values = new LinkedHashMap<>(values);
    }

    /** Returns the terms in a text. Whatever it holds, this does not throw; what is none is left out. */
    static Terms in(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int end = line.indexOf('=');
            if (end > 0) {
                values.put(line.substring(0, end), readable(line.substring(end + 1)));
            }
        });
        return new Terms(values);
    }

    /** Returns these terms as a text, a line for each. */
    String text() {
        StringJoiner lines = new StringJoiner("\n");
        values.forEach((name, value) -> lines.add(name + "=" + readable(value)));
        return lines.toString();
    }

    /** Returns what both say, and otherwise. */
    List<Difference> differing(Terms other) {
        List<Difference> differing = new ArrayList<>();
        values.forEach((name, value) -> {
            String there = other.values.get(name);
            if (there != null && !there.equals(readable(value))) {
                differing.add(new Difference(name, value, there));
            }
        });
        return differing;
    }

    /** A term on which two nodes differ. */
    record Difference(String name, String here, String there) {}

    /** Whoever can write to the server must not be able to write lines of their own into a log. */
    private static String readable(String value) {
        String line = value.replaceAll("\\p{C}", "?");
        return line.substring(0, Math.min(line.length(), LONGEST));
    }
}
