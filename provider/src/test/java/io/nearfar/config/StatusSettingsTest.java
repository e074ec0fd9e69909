package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.StatusSettings;
import org.junit.jupiter.api.Test;

class StatusSettingsTest {
    private static StatusSettings read(String... lines) {
        return Reading.of(lines).read().status();
    }

    /** What can be had without reading is the same. */
    @Test
    void nothingSet_statusIsForAdministrators_andDebugIsOff() {
        assertThat(read())
                .isEqualTo(new StatusSettings(true, false, "admin", false))
                .isEqualTo(StatusSettings.STANDARD);
    }

    @Test
    void all_canBeSet() {
        assertThat(read(
                        "nearfar.status.enabled=false",
                        "nearfar.status.debug=true",
                        "nearfar.status.role=operator",
                        "nearfar.health.strict=true"))
                .isEqualTo(new StatusSettings(false, true, "operator", true));
    }
}
