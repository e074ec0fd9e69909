package io.nearfar.sample.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nearfar.sample.data.GazetteerExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NeighboursTest {
    private static final long TOKYO = 1850147;

    @RegisterExtension
    static final GazetteerExtension GAZETTEER = new GazetteerExtension();

    private final Neighbours neighbours = new Neighbours();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    void wire() {
        neighbours.entities = GAZETTEER.entities();
        neighbours.search = SearchFixture.on(GAZETTEER.entities());
    }

    @Test
    void near_tokyo_findsYokohamaAtItsDistance() {
        assertThat(neighbours.near(TOKYO, 50, 40))
                .filteredOn(neighbour -> neighbour.city().name().equals("Yokohama"))
                .singleElement()
                .satisfies(yokohama -> assertThat(yokohama.kilometres()).isEqualTo(27, within(2.0)));
    }

    @Test
    void near_anyCity_isSortedInsideAndWithoutItself() {
        assertThat(neighbours.near(TOKYO, 200, 40))
                .hasSizeGreaterThan(3)
                .isSortedAccordingTo((one, other) -> Double.compare(one.kilometres(), other.kilometres()))
                .allSatisfy(neighbour -> {
                    assertThat(neighbour.kilometres()).isBetween(0.0, 200.0);
                    assertThat(neighbour.city().id()).isNotEqualTo(TOKYO);
                });
    }

    @Test
    void near_limit_keepsTheNearest() {
        assertThat(neighbours.near(TOKYO, 200, 2))
                .isEqualTo(neighbours.near(TOKYO, 200, 40).subList(0, 2));
    }

    @Test
    void near_unknownCity_isEmpty() {
        assertThat(neighbours.near(-1, 50, 40)).isEmpty();
    }

    @Test
    void nearest_acrossTheDateLine_isTheShortWay() {
        // From 179 degrees west on the Equator, the capital of Fiji (178.4 east) is nearer than that of Samoa is east.
        Neighbour nearest = neighbours.nearest(-18, -179.9, 0, -1);
        assertThat(nearest.city().countryCode()).isEqualTo("FJ");
        assertThat(nearest.kilometres()).isLessThan(300);
    }

    @Test
    void nearest_noneSoLarge_isNull() {
        assertThat(neighbours.nearest(0, 0, 1_000_000_000, -1)).isNull();
    }
}
