package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.LimitOutage;
import java.time.Duration;
import java.util.List;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

class LimitSettingsTest {
    private static LimitSettings read(String... lines) {
        return Reading.of(lines).read().limits();
    }

    @Test
    void nothingSet_countsInTheProcess() {
        assertThat(read()).isEqualTo(new LimitSettings(true, LimitOutage.OPEN, 100_000, Duration.ofMillis(50), null));
    }

    @Test
    void addressOfTheCaches_isThatOfTheLimits_withADeadlineOfItsOwn() {
        Reading reading = Reading.of(
                "nearfar.address=redis://:secret@host/2", "nearfar.prefix=shop", "nearfar.keyspace-events=true");
        FarSettings caches = reading.far();
        FarSettings limits = reading.read().limits().far();
        assertThat(limits.address()).isEqualTo(caches.address());
        assertThat(limits.prefix()).isEqualTo("shop");
        assertThat(reading.read().limits().deadline()).isEqualTo(Duration.ofMillis(50));
        assertThat(limits.keyspaceEvents()).isFalse();
    }

    /** A stall of some milliseconds is no outage of the server, and one that is over is found out within a second. */
    @Test
    void beatsOfTheLimits_haveTheDeadlineOfTheCaches_andComeEverySecond() {
        FarSettings limits = read(
                        "nearfar.address=redis://host",
                        "nearfar.prefix=shop",
                        "nearfar.beat=5s",
                        "nearfar.near.lease=20s",
                        "nearfar.deadline=300ms")
                .far();
        assertThat(limits.deadline()).isEqualTo(Duration.ofMillis(300));
        assertThat(limits.beat()).isEqualTo(Duration.ofSeconds(1));
        FarSettings patient = read("nearfar.address=redis://host", "nearfar.prefix=shop", "nearfar.limit.deadline=2s")
                .far();
        assertThat(patient.deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(patient.beat()).isEqualTo(Duration.ofMillis(200));
    }

    /** The caches' server speaks no TLS, that of the limits does; what is set for TLS is for that one. */
    @Test
    void tls_canBeForTheLimitsAlone() {
        Reading reading = Reading.of(
                "nearfar.address=redis://host",
                "nearfar.prefix=shop",
                "nearfar.tls.verify-host=false",
                "nearfar.limit.address=RedisS://limits");
        assertThat(reading.far().tls()).isEqualTo(TlsSettings.DEFAULTS);
        assertThat(reading.read().limits().far().tls().verifyHost()).isFalse();
        assertThatThrownBy(() -> read(
                        "nearfar.address=redis://host",
                        "nearfar.prefix=shop",
                        "nearfar.tls.verify-host=false",
                        "nearfar.limit.address=redis://limits"))
                .hasMessageContaining("nearfar.tls.verify-host");
    }

    @Test
    void all_canBeSet() {
        LimitSettings limits = read(
                "nearfar.prefix=shop",
                "nearfar.limit.address=redis://limits",
                "nearfar.limit.deadline=80ms",
                "nearfar.limit.outage=local",
                "nearfar.limit.maximum-keys=7");
        assertThat(limits.outage()).isEqualTo(LimitOutage.LOCAL);
        assertThat(Reading.of("nearfar.prefix=shop", "nearfar.limit.address=redis://:secret@limits")
                        .read()
                        .describe())
                .contains("requests counted at ", "limits:6379", "nearfar.limit.address")
                .doesNotContain("secret");
        assertThat(limits.maximumKeys()).isEqualTo(7);
        assertThat(limits.far().address().hosts()).isEqualTo(List.of("limits:6379"));
        assertThat(limits.deadline()).isEqualTo(Duration.ofMillis(80));
    }

    /** What is said of the caches' server is no secret told to another one. */
    @Test
    void addressOfItsOwn_takesNothingFromThatOfTheCaches() {
        FarSettings limits = read(
                        "nearfar.address=rediss://sentinel/mymaster/3",
                        "nearfar.user=shop",
                        "nearfar.password=secret",
                        "nearfar.tls.verify-host=false",
                        "nearfar.prefix=shop",
                        "nearfar.mode=near",
                        "nearfar.limit.address=redis://limits,others")
                .far();
        assertThat(limits.address())
                .isEqualTo(new FarAddress(
                        Topology.CLUSTER, List.of("limits:6379", "others:6379"), false, null, null, 0, null));
        assertThat(limits.tls()).isEqualTo(TlsSettings.DEFAULTS);
        assertThat(read("nearfar.tls.verify-host=false", "nearfar.prefix=s", "nearfar.limit.address=rediss://limits")
                        .far()
                        .tls()
                        .verifyHost())
                .isFalse();
    }

    @Test
    void switchedOff_needsNoServer() {
        assertThat(read("nearfar.address=redis://host", "nearfar.limit.enabled=false"))
                .isEqualTo(new LimitSettings(false, LimitOutage.OPEN, 100_000, Duration.ofMillis(50), null));
    }

    @Test
    void wrongAddress_isRefusedByItsKeyAndWithoutItsPassword() {
        assertThatThrownBy(() -> read("nearfar.prefix=s", "nearfar.limit.address=http://:secret@limits"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.limit.address")
                .hasMessageNotContaining("secret");
    }
}
