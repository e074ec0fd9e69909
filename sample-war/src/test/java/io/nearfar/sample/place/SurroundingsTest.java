package io.nearfar.sample.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private static final double KILOMETRES_PER_DEGREE = 111.19;

    @Test
    void of_equator_isASquare() {
        Surroundings box = Surroundings.of(0, 10, KILOMETRES_PER_DEGREE);
        assertThat(box.south()).isEqualTo(-1, within(0.001));
        assertThat(box.north()).isEqualTo(1, within(0.001));
        assertThat(box.west()).isEqualTo(9, within(0.001));
        assertThat(box.east()).isEqualTo(11, within(0.001));
    }

    @Test
    void of_sixtyDegreesNorth_isTwiceAsWide() {
        Surroundings box = Surroundings.of(60, 0, KILOMETRES_PER_DEGREE);
        assertThat(box.east()).isEqualTo(2, within(0.01));
        assertThat(box.north()).isEqualTo(61, within(0.001));
    }

    @Test
    void of_dateLine_reachesBeyondIt() {
        Surroundings box = Surroundings.of(0, 179.5, KILOMETRES_PER_DEGREE);
        assertThat(box.east()).isEqualTo(180.5, within(0.001));
    }

    @Test
    void of_poleInside_holdsEveryLongitude() {
        Surroundings box = Surroundings.of(89.5, 20, KILOMETRES_PER_DEGREE);
        assertThat(box.west()).isEqualTo(-160);
        assertThat(box.east()).isEqualTo(200);
    }
}
