package io.nearfar.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Bypass;
import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Meter;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitSignalsTest {
    private static final Decision ADMITTED = new Decision(true, Decision.Basis.COUNTED, List.of(), Duration.ZERO);

    private final AtomicInteger news = new AtomicInteger();
    private final LimitSignals signals = new LimitSignals(news::incrementAndGet);

    private void decided(String limit, Decision decision) {
        signals.decided(List.of(new Limit(limit, 1, Duration.ofMinutes(1)).forAll()), decision);
    }

    private static QuotaUse use(Quota quota, long used, Duration retryAfter) {
        return new QuotaUse(quota, used, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), retryAfter);
    }

    private double count(String tags) {
        return signals.meters().stream()
                .filter(meter -> meter.toString().equals("nearfar_limit_decisions_total{" + tags + "}"))
                .mapToDouble(Meter::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void denialOfNobodyWhoCounted_isOneOfAll() {
        decided("api", new Decision(false, Decision.Basis.OUTAGE, List.of(), Duration.ZERO));
        assertThat(count("limit=\"api\",result=\"denied\",basis=\"outage\"")).isEqualTo(1);
    }

    @Test
    void denial_countsForTheLimitThatHadNoRoom_andNotForTheOther() {
        Quota full = new Limit("full", 1, Duration.ofMinutes(1)).forAll();
        Quota free = new Limit("free", 9, Duration.ofMinutes(1)).forAll();
        QuotaUse none = use(full, 1, Duration.ofSeconds(7));
        QuotaUse some = use(free, 2, Duration.ZERO);
        signals.decided(
                List.of(full, free),
                new Decision(false, Decision.Basis.COUNTED, List.of(none, some), Duration.ofSeconds(7)));
        assertThat(count("limit=\"full\",result=\"denied\",basis=\"counted\"")).isEqualTo(1);
        assertThat(signals.meters()).allMatch(meter -> meter.tags().containsValue("full"));
    }

    @Test
    void switchedOff_countsNothing() {
        decided("api", new Decision(true, Decision.Basis.OFF, List.of(), Duration.ZERO));
        assertThat(signals.meters()).isEmpty();
    }

    private double bypasses(String limit, String reason) {
        return signals.meters().stream()
                .filter(meter -> meter.toString()
                        .equals("nearfar_limit_bypasses_total{limit=\"" + limit + "\",reason=\"" + reason + "\"}"))
                .mapToDouble(Meter::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void bypasses_areCountedByReason_andTheirNamesAreBounded() {
        signals.bypassed("api", Bypass.EXEMPT);
        signals.bypassed("api", Bypass.EXEMPT);
        signals.bypassed("api", Bypass.SHADOW);
        assertThat(news).hasValue(1);
        assertThat(bypasses("api", "exempt")).isEqualTo(2);
        assertThat(bypasses("api", "shadow")).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            signals.bypassed("tenant-" + i, Bypass.EXEMPT);
        }
        signals.bypassed("api", Bypass.EXEMPT);
        assertThat(signals.meters()).as("200 and the others").hasSize(201 * 2);
        assertThat(bypasses("(others)", "exempt")).isEqualTo(1_000 - 199);
        assertThat(bypasses("api", "exempt")).isEqualTo(3);
    }

    @Test
    void names_areBounded() {
        for (int i = 0; i < 1_000; i++) {
            decided("tenant-" + i, ADMITTED);
            decided("tenant-" + i, ADMITTED);
        }
        assertThat(news).hasValue(201);
        assertThat(signals.meters()).hasSize(201 * 7);
        assertThat(count("limit=\"tenant-7\",result=\"admitted\",basis=\"counted\""))
                .isEqualTo(2);
        assertThat(count("limit=\"(others)\",result=\"admitted\",basis=\"counted\""))
                .isEqualTo(1_600);
    }
}
