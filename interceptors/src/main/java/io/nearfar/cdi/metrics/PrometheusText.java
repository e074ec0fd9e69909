package io.nearfar.cdi.metrics;

import io.nearfar.Distribution;
import io.nearfar.Meter;
import io.nearfar.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes meters in version 0.0.4 of the text format that Prometheus and most who stand in for it read. */
public final class PrometheusText {
    /** The type of the content, as it is to be told. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double LARGEST_WHOLE = 1e15;

    private final StringBuilder text = new StringBuilder();

    private PrometheusText() {}

    /**
     * Returns the text.
     *
     * @param usualNames whether metrics that have a usual name are written under that too
     */
    public static String of(Collection<Meter> meters, boolean usualNames) {
        Map<Metric, List<Meter>> families = new EnumMap<>(Metric.class);
        meters.forEach(meter -> families.computeIfAbsent(meter.metric(), metric -> new ArrayList<>())
                .add(meter));
        PrometheusText written = new PrometheusText();
        families.forEach((metric, series) -> {
            written.family(metric.fullName(), metric, series);
            String usual = usualNames ? metric.usualName() : null;
            if (usual != null) {
                written.family(usual, metric, series);
            }
        });
        return written.text.toString();
    }

    private void family(String name, Metric metric, List<Meter> series) {
        text.append("# HELP ").append(name).append(' ').append(escapedHelp(metric.help()));
        text.append("\n# TYPE ").append(name).append(' ');
        text.append(metric.kind().name().toLowerCase(Locale.ROOT)).append('\n');
        series.forEach(meter -> sample(name, meter));
    }

    private void sample(String name, Meter meter) {
        Distribution distribution = meter.distribution();
        if (distribution == null) {
            line(name, meter.tags(), "", number(meter.value()));
            return;
        }
        long below = 0;
        for (int i = 0; i < distribution.bounds().size(); i++) {
            below += distribution.counts().get(i);
            line(name + "_bucket", meter.tags(), number(distribution.bounds().get(i)), String.valueOf(below));
        }
        String all = String.valueOf(distribution.count());
        line(name + "_bucket", meter.tags(), "+Inf", all);
        line(name + "_sum", meter.tags(), "", number(distribution.sum()));
        line(name + "_count", meter.tags(), "", all);
    }

    private void line(String name, Map<String, String> tags, String bound, String number) {
        text.append(name);
        String before = "{";
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            tag(before, tag.getKey(), tag.getValue());
            before = ",";
        }
        if (!bound.isEmpty()) {
            tag(before, "le", bound);
            before = ",";
        }
        text.append(before.equals("{") ? "" : "}").append(' ').append(number).append('\n');
    }

    private void tag(String before, String name, String value) {
        text.append(before).append(name).append("=\"").append(escaped(value)).append('"');
    }

    private static String escaped(String value) {
        return escapedHelp(value).replace("\"", "\\\"");
    }

    private static String escapedHelp(String help) {
        return help.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
