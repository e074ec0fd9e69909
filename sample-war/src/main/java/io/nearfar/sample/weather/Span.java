package io.nearfar.sample.weather;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What time a forecast is for. The service has a new edition of each every so often. */
public enum Span {
    /** This moment. */
    NOW("now", Duration.ofMinutes(1)),
    /** The next day. */
    DAY("24h", Duration.ofHours(1)),
    /** The next week. */
    WEEK("7d", Duration.ofDays(1));

    private final String label;
    private final long edition;

    Span(String label, Duration edition) {
        this.label = label;
        this.edition = edition.toMillis();
    }

    /** The name that keys and pages show. */
    public String label() {
        return label;
    }

    /** The span of that name, or nothing. */
    public static Optional<Span> of(String label) {
        return Arrays.stream(values()).filter(span -> span.label.equals(label)).findFirst();
    }

    /** The number of the edition that the service has at a time, in milliseconds since the epoch. */
    long editionAt(long millis) {
        return millis / edition;
    }

    /** The key of a city's forecast: it begins with the span, which rules of time-to-live and namespaces go by. */
    String key(long city) {
        return label + ":" + city;
    }
}
