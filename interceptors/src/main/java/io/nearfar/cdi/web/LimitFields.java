package io.nearfar.cdi.web;

import io.nearfar.Decision;
import io.nearfar.HttpSettings;
import io.nearfar.Limit;
import io.nearfar.QuotaUse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a response says of limits: the fields {@code RateLimit} and {@code RateLimit-Policy} and the problem type {@code
 * quota-exceeded} of draft-ietf-httpapi-ratelimit-headers-10. Limits that all share are left out, unless a setting wants
 * them; so are all keys.
 */
final class LimitFields {
    /** The status of a refusal (RFC 6585, section 4). */
    static final int TOO_MANY_REQUESTS = 429;

    /** The type of the body of a refusal (RFC 9457). */
    static final String PROBLEM = "application/problem+json";

    static final String RETRY_AFTER = "Retry-After";
    static final String POLICY = "RateLimit-Policy";
    static final String STATE = "RateLimit";

    /** What holds where no setting says otherwise. */
    static final LimitFields STANDARD = new LimitFields(false, false);

    private static final String TYPES = "https://iana.org/assignments/http-problem-types#";
    private static final int FIRST_VISIBLE = 0x20;
    private static final int LAST_VISIBLE = 0x7e;

    private final boolean isLegacy;
    private final boolean disclosesAll;

    LimitFields(HttpSettings settings) {
        this(settings.legacyFields(), settings.disclosesAll());
    }

    private LimitFields(boolean isLegacy, boolean disclosesAll) {
        this.isLegacy = isLegacy;
        this.disclosesAll = disclosesAll;
    }

    /**
     * Returns the fields of a response to a request that was admitted; none if there is nothing to show.
     *
     * @param uses what was made of the quotas that it was charged to
     * @param now the time by which it is told when the oldest request comes back; off by as much as this clock differs from
     *     the one that counts
     */
    Map<String, String> ofAdmitted(Collection<QuotaUse> uses, Instant now) {
        return fields(uses, use -> untilNext(use, now));
    }

    /** Returns the fields of a response to a request that was denied. When to come again is said of what denies it. */
    Map<String, String> ofDenied(Decision decision) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(RETRY_AFTER, String.valueOf(Math.max(1, seconds(decision.retryAfter()))));
        fields.putAll(fields(decision.uses(), QuotaUse::retryAfter));
        return fields;
    }

    /** Returns the body of a response to a request that was denied. */
    String problem(Decision decision) {
        if (decision.violated().isEmpty()) {
            return "{\"type\":\"about:blank\",\"title\":\"Too Many Requests\",\"status\":" + TOO_MANY_REQUESTS + "}";
        }
        String violated = decision.violated().stream()
                .filter(this::isShown)
                .map(use -> quoted(use.quota().limit().name()))
                .distinct()
                .collect(Collectors.joining(","));
        return "{\"type\":\"" + TYPES
                + "quota-exceeded\",\"title\":\"Request cannot be satisfied as assigned quota has been exceeded\",\"status\":"
                + TOO_MANY_REQUESTS + ",\"violated-policies\":[" + violated + "]}";
    }

    private Map<String, String> fields(Collection<QuotaUse> uses, Function<QuotaUse, Duration> wait) {
        List<QuotaUse> shown = uses.stream().filter(this::isShown).toList();
        Map<String, String> fields = new LinkedHashMap<>();
        if (!shown.isEmpty()) {
            fields.put(POLICY, joined(shown, use -> policy(use.quota().limit())));
            fields.put(STATE, joined(shown, use -> state(use, wait.apply(use))));
        }
        if (isLegacy) {
            tightest(shown).ifPresent(use -> addLegacy(use, wait.apply(use), fields));
        }
        return fields;
    }

    private boolean isShown(QuotaUse use) {
        return disclosesAll || !use.quota().key().isEmpty();
    }

    private static String joined(List<QuotaUse> uses, Function<QuotaUse, String> item) {
        return uses.stream().map(item).distinct().collect(Collectors.joining(", "));
    }

    /** A window of less than a second is told as one, for that is the least that can be told. */
    private static String policy(Limit limit) {
        return quoted(limit.name()) + ";q=" + limit.permits() + ";w=" + seconds(limit.window());
    }

    private static String state(QuotaUse use, Duration wait) {
        String state = quoted(use.quota().limit().name()) + ";r=" + use.remaining();
        return wait.isZero() ? state : state + ";t=" + seconds(wait);
    }

    private static void addLegacy(QuotaUse use, Duration wait, Map<String, String> fields) {
        fields.put("X-RateLimit-Limit", String.valueOf(use.permits()));
        fields.put("X-RateLimit-Remaining", String.valueOf(use.remaining()));
        fields.put("X-RateLimit-Reset", String.valueOf(seconds(wait)));
    }

    private static Optional<QuotaUse> tightest(List<QuotaUse> uses) {
        return uses.stream()
                .min(Comparator.comparing(QuotaUse::retryAfter, Comparator.reverseOrder())
                        .thenComparing(QuotaUse::remaining));
    }

    /** How long until a permit comes back: up to a window, and zero if all are there. */
    private static Duration untilNext(QuotaUse use, Instant now) {
        if (use.used() == 0) {
            return Duration.ZERO;
        }
        Duration window = use.quota().limit().window();
        Duration wait = Duration.between(now, use.windowEnd());
        if (wait.compareTo(window) > 0) {
            return window;
        }
        return wait.isNegative() || wait.isZero() ? Duration.ofSeconds(1) : wait;
    }

    /** Returns whole seconds, rounded up. */
    private static long seconds(Duration length) {
        return length.getNano() == 0 ? length.getSeconds() : length.getSeconds() + 1;
    }

    /**
     * Returns a text as a String of RFC 9651, section 3.3.3, which is one of JSON too: what cannot stand there is written as
     * in a URL.
     */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each < FIRST_VISIBLE || each > LAST_VISIBLE) {
                quoted.append(String.format("%%%02X", each));
            } else if (each == '"' || each == '\\') {
                quoted.append('\\').append((char) each);
            } else {
                quoted.append((char) each);
            }
        }
        return quoted.append('"').toString();
    }
}
