package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModeTest {
    @Test
    void read_nothingSet_isNear() {
        NearfarSettings settings = Reading.ofNothing().read();

        assertThat(settings.mode()).isEqualTo(Mode.NEAR);
        assertThat(settings.far()).isNull();
        assertThat(settings.cache("c", true).mode()).isEqualTo(Mode.NEAR);
        assertThat(settings.describe()).isEqualTo("mode near, no address is set");
    }

    @Test
    void read_nearWithAddressInEnvironment_refusesItAndSaysSo() {
        NearfarSettings settings = Reading.of("nearfar.mode=near", "nearfar.cache.c.mode=far")
                .variable("REDIS_URL", "not even an address")
                .read();

        assertThat(settings.far()).isNull();
        assertThat(settings.cache("c", true).mode()).isEqualTo(Mode.NEAR);
        assertThat(settings.describe())
                .isEqualTo("mode near, from nearfar.mode (properties of the manager); the address from REDIS_URL"
                        + " (environment) is not used");
    }

    @Test
    void read_farMode_isThatOfCachesWithoutTheirOwn() {
        NearfarSettings settings = Reading.of(
                        "nearfar.address=redis://h",
                        "nearfar.mode=far",
                        "nearfar.cache.local*.mode=near",
                        "nearfar.cache.both.mode=TIERED")
                .read();

        assertThat(settings.mode()).isEqualTo(Mode.FAR);
        assertThat(settings.cache("any", true).mode()).isEqualTo(Mode.FAR);
        assertThat(settings.cache("local.numbers", true).mode()).isEqualTo(Mode.NEAR);
        assertThat(settings.cache("both", false).mode()).isEqualTo(Mode.TIERED);
    }
}
