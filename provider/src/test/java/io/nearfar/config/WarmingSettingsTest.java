package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.WarmingPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings in the place of what the plan of a warming says. */
class WarmingSettingsTest {
    private static final WarmingPlan PLAN =
            WarmingPlan.of("All-Capitals").withEvery(Duration.ofHours(6)).withKeysPerSecond(200);

    @Test
    void settings_takeThePlaceOfWhatAPlanSays() {
        assertThat(Reading.ofNothing().read().warming(PLAN)).isEqualTo(PLAN);
        assertThat(Reading.of("nearfar.warming.All-Capitals.every=1h").read().warming(PLAN))
                .isEqualTo(PLAN.withEvery(Duration.ofHours(1)));
        assertThat(Reading.of("nearfar.warming.All-Capitals.every=none", "nearfar.warming.other.every=2h")
                        .read()
                        .warming(PLAN))
                .isEqualTo(PLAN.withEvery(null));
        assertThat(Reading.of("nearfar.warming.all-capitals.keys-per-second=50")
                        .read()
                        .warming(PLAN))
                .isEqualTo(PLAN.withKeysPerSecond(50));
        assertThat(Reading.of("nearfar.warming.All-Capitals.keys-per-second=none")
                        .read()
                        .warming(PLAN))
                .isEqualTo(PLAN.withKeysPerSecond(Long.MAX_VALUE));
    }

    @Test
    void settings_switchItOff_alsoFromTheEnvironment() {
        assertThat(Reading.of("nearfar.warming.All-Capitals.enabled=false")
                        .read()
                        .warming(PLAN))
                .isNull();
        assertThat(Reading.ofNothing()
                        .variable("NEARFAR_WARMING_ALL_CAPITALS_ENABLED", "false")
                        .read()
                        .warming(PLAN))
                .isNull();
        assertThat(Reading.ofNothing()
                        .variable("NEARFAR_WARMING_ALL_CAPITALS_EVERY", "1d")
                        .read()
                        .warming(PLAN))
                .isEqualTo(PLAN.withEvery(Duration.ofDays(1)));
    }
}
