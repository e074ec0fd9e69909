package io.nearfar.sample.monitoring;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What tells a series from others; its name is the label {@code __name__}. */
record Labels(SortedMap<String, String> map) {
    static final String NAME = "__name__";
    static final Labels NONE = new Labels(new TreeMap<>());

    String get(String label) {
        return map.getOrDefault(label, "");
    }

    Labels with(String label, String value) {
        SortedMap<String, String> more = new TreeMap<>(map);
        more.put(label, value);
        return new Labels(more);
    }

    Labels without(String label) {
        SortedMap<String, String> less = new TreeMap<>(map);
        less.remove(label);
        return new Labels(less);
    }

    Labels only(Collection<String> kept) {
        SortedMap<String, String> few = new TreeMap<>(map);
        few.keySet().retainAll(kept);
        return new Labels(few);
    }

    /** Returns it as Prometheus writes it. */
    @Override
    public String toString() {
        return get(NAME)
                + without(NAME).map.entrySet().stream().map(Labels::written).collect(Collectors.joining(",", "{", "}"));
    }

    private static String written(Map.Entry<String, String> label) {
        return label.getKey() + "=\"" + label.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
