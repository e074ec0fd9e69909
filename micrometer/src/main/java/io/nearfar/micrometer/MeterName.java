package io.nearfar.micrometer;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.nearfar.Meter;
import io.nearfar.Metric;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a meter is called in Micrometer: in words with dots, whose unit and kind each registry writes in its own way. */
record MeterName(String name, Tags tags, @Nullable String unit, String help) {
    /** Returns the name of a meter that has further tags. */
    static MeterName of(Meter meter, Tags further) {
        Metric metric = meter.metric();
        Tags tags = further;
        for (Map.Entry<String, String> tag : meter.tags().entrySet()) {
            tags = tags.and(Tag.of(tag.getKey(), tag.getValue()));
        }
        return new MeterName(words(metric), tags, metric.unit().isEmpty() ? null : metric.unit(), metric.help());
    }

    private static String words(Metric metric) {
        String name = metric.fullName();
        if (metric.kind() == Metric.Kind.COUNTER) {
            name = withoutEnd(name, "_total");
        }
        if (!metric.unit().isEmpty()) {
            name = withoutEnd(name, "_" + metric.unit());
        }
        return name.replace('_', '.');
    }

    private static String withoutEnd(String name, String end) {
        return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
    }
}
