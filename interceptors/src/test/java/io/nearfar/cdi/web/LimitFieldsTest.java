package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.HttpSettings;
import io.nearfar.HttpSettings.Forwarding;
import io.nearfar.Limit;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LimitFieldsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Quota USER = new Limit("requests", 100, Duration.ofMinutes(1)).of("user=ann");
    private static final Quota DAY = new Limit("daily", 1_000, Duration.ofDays(1)).of("user=ann");
    private static final Quota ALL = new Limit("everybody", 10_000, Duration.ofMinutes(1)).forAll();

    private static LimitFields fields(boolean legacy, boolean disclosesAll) {
        return new LimitFields(new HttpSettings(
                List.of(),
                Forwarding.X_FORWARDED_FOR,
                64,
                legacy,
                disclosesAll,
                LimitOutage.OPEN,
                List.of(),
                List.of()));
    }

    private static LimitFields standard() {
        return fields(false, false);
    }

    /** The oldest request was made {@code age} ago. */
    private static QuotaUse use(Quota quota, long used, Duration age, Duration retryAfter) {
        Instant start = NOW.minus(age);
        return new QuotaUse(quota, used, start, start.plus(quota.limit().window()), retryAfter);
    }

    private static QuotaUse admitted(Quota quota, long used, Duration age) {
        return use(quota, used, age, Duration.ZERO);
    }

    private static Decision denied(Duration retryAfter, QuotaUse... uses) {
        return new Decision(false, Basis.COUNTED, List.of(uses), retryAfter);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    static List<Arguments> admittedUses() {
        return List.of(
                arguments(admitted(USER, 1, seconds(0)), "\"requests\";q=100;w=60", "\"requests\";r=99;t=60"),
                arguments(admitted(USER, 50, seconds(30)), "\"requests\";q=100;w=60", "\"requests\";r=50;t=30"),
                arguments(admitted(USER, 100, millis(30_001)), "\"requests\";q=100;w=60", "\"requests\";r=0;t=30"),
                arguments(admitted(USER, 100, millis(29_999)), "\"requests\";q=100;w=60", "\"requests\";r=0;t=31"),
                arguments(admitted(USER, 0, seconds(0)), "\"requests\";q=100;w=60", "\"requests\";r=100"),
                // A limit that was lowered
                arguments(admitted(USER, 120, seconds(10)), "\"requests\";q=100;w=60", "\"requests\";r=0;t=50"),
                // Clocks that differ
                arguments(admitted(USER, 1, seconds(-20)), "\"requests\";q=100;w=60", "\"requests\";r=99;t=60"),
                arguments(admitted(USER, 1, seconds(90)), "\"requests\";q=100;w=60", "\"requests\";r=99;t=1"),
                arguments(
                        admitted(new Limit("short", 5, millis(1)).of("a"), 1, seconds(0)),
                        "\"short\";q=5;w=1",
                        "\"short\";r=4;t=1"),
                arguments(
                        admitted(new Limit("odd", 5, millis(1_500)).of("a"), 1, seconds(0)),
                        "\"odd\";q=5;w=2",
                        "\"odd\";r=4;t=2"),
                arguments(
                        admitted(new Limit("most", 1_000_000_000_000L, Duration.ofDays(366)).of("a"), 1, seconds(0)),
                        "\"most\";q=1000000000000;w=31622400",
                        "\"most\";r=999999999999;t=31622400"),
                arguments(
                        admitted(new Limit("a\"b\\c é\n", 5, seconds(1)).of("a"), 1, seconds(0)),
                        "\"a\\\"b\\\\c %C3%A9%0A\";q=5;w=1",
                        "\"a\\\"b\\\\c %C3%A9%0A\";r=4;t=1"));
    }

    @ParameterizedTest
    @MethodSource("admittedUses")
    void admitted_tellsOfTheLimitAndOfWhatIsLeft(QuotaUse use, String policy, String state) {
        assertThat(standard().ofAdmitted(List.of(use), NOW))
                .containsExactly(Map.entry("RateLimit-Policy", policy), Map.entry("RateLimit", state));
    }

    @Test
    void admitted_bySeveral_tellsOfEach_andOfNoneThatAllShare() {
        List<QuotaUse> uses = List.of(
                admitted(USER, 10, seconds(5)), admitted(ALL, 9_000, seconds(5)), admitted(DAY, 10, seconds(5)));
        assertThat(standard().ofAdmitted(uses, NOW))
                .containsExactly(
                        Map.entry("RateLimit-Policy", "\"requests\";q=100;w=60, \"daily\";q=1000;w=86400"),
                        Map.entry("RateLimit", "\"requests\";r=90;t=55, \"daily\";r=990;t=86395"));
        assertThat(fields(false, true).ofAdmitted(uses, NOW).get("RateLimit"))
                .isEqualTo("\"requests\";r=90;t=55, \"everybody\";r=1000;t=55, \"daily\";r=990;t=86395");
        assertThat(standard().ofAdmitted(uses.subList(1, 2), NOW)).isEmpty();
        assertThat(fields(true, false).ofAdmitted(uses.subList(1, 2), NOW)).isEmpty();
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                arguments(Duration.ofNanos(1), "1"),
                arguments(millis(999), "1"),
                arguments(seconds(1), "1"),
                arguments(millis(1_001), "2"),
                arguments(seconds(59), "59"),
                arguments(Duration.ofDays(366), "31622400"));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void denied_retryAfter_isWholeSecondsRoundedUp(Duration wait, String text) {
        Decision denied = denied(wait, use(USER, 100, seconds(1), wait));
        assertThat(standard().ofDenied(denied))
                .containsEntry("Retry-After", text)
                .containsEntry("RateLimit", "\"requests\";r=0;t=" + text);
    }

    /** Retry-After must not be earlier than what any limit says; those that have room say nothing. */
    @Test
    void denied_onlyWhatDeniesSaysWhenToComeAgain() {
        Decision denied = denied(seconds(7), admitted(DAY, 10, seconds(5)), use(USER, 100, seconds(53), seconds(7)));
        assertThat(standard().ofDenied(denied))
                .containsExactly(
                        Map.entry("Retry-After", "7"),
                        Map.entry("RateLimit-Policy", "\"daily\";q=1000;w=86400, \"requests\";q=100;w=60"),
                        Map.entry("RateLimit", "\"daily\";r=990, \"requests\";r=0;t=7"));
        assertThat(standard().problem(denied))
                .isEqualTo("{\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\","
                        + "\"title\":\"Request cannot be satisfied as assigned quota has been exceeded\","
                        + "\"status\":429,\"violated-policies\":[\"requests\"]}");
    }

    @Test
    void denied_byWhatAllShare_doesNotSaySo() {
        Decision denied = denied(seconds(3), admitted(USER, 10, seconds(5)), use(ALL, 10_000, seconds(57), seconds(3)));
        assertThat(standard().ofDenied(denied))
                .containsExactly(
                        Map.entry("Retry-After", "3"),
                        Map.entry("RateLimit-Policy", "\"requests\";q=100;w=60"),
                        Map.entry("RateLimit", "\"requests\";r=90"));
        assertThat(standard().problem(denied)).contains("#quota-exceeded", "\"violated-policies\":[]");
        assertThat(fields(false, true).problem(denied)).contains("\"violated-policies\":[\"everybody\"]");
        assertThat(fields(false, true).ofDenied(denied).get("RateLimit"))
                .isEqualTo("\"requests\";r=90, \"everybody\";r=0;t=3");
    }

    @Test
    void problem_namesAreJson() {
        Quota odd = new Limit("a\"b\\c é\n", 5, seconds(1)).of("a");
        assertThat(standard().problem(denied(seconds(1), use(odd, 5, seconds(0), seconds(1)))))
                .endsWith("\"violated-policies\":[\"a\\\"b\\\\c %C3%A9%0A\"]}");
    }

    /** In an outage that fails closed nothing was counted, and no quota is exceeded. */
    @Test
    void denied_byAnOutage_isNoExceededQuota() {
        Decision denied = new Decision(false, Basis.OUTAGE, List.of(), seconds(1));
        assertThat(standard().ofDenied(denied)).containsExactly(Map.entry("Retry-After", "1"));
        assertThat(standard().problem(denied))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Too Many Requests\",\"status\":429}");
    }

    @Test
    void legacy_isOfTheTightestLimit() {
        assertThat(fields(true, false)
                        .ofAdmitted(List.of(admitted(DAY, 10, seconds(5)), admitted(USER, 10, seconds(5))), NOW))
                .containsEntry("X-RateLimit-Limit", "100")
                .containsEntry("X-RateLimit-Remaining", "90")
                .containsEntry("X-RateLimit-Reset", "55");
        Decision denied =
                denied(seconds(40), use(DAY, 1_000, seconds(1), seconds(40)), use(USER, 100, seconds(1), seconds(7)));
        assertThat(fields(true, false).ofDenied(denied))
                .containsEntry("X-RateLimit-Limit", "1000")
                .containsEntry("X-RateLimit-Remaining", "0")
                .containsEntry("X-RateLimit-Reset", "40");
    }
}
