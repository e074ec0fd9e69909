package io.nearfar.opentelemetry;

import io.nearfar.Metric;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/** What metrics, units and tags are called in OpenTelemetry. */
final class Names {
    private Names() {}

    /** Returns the name in words with dots, without what exporters add from the unit and the kind. */
    static String name(Metric metric) {
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

    /** Returns the sign of the unit; empty if there is none. */
    static String unit(Metric metric) {
        return switch (metric.unit()) {
            case "seconds" -> "s";
            case "bytes" -> "By";
            default -> metric.unit();
        };
    }

    static Attributes attributes(io.nearfar.Meter source) {
        AttributesBuilder attributes = Attributes.builder();
        source.tags().forEach(attributes::put);
        return attributes.build();
    }
}
