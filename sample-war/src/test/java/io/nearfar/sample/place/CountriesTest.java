package io.nearfar.sample.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.sample.data.GazetteerExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CountriesTest {
    @RegisterExtension
    static final GazetteerExtension GAZETTEER = new GazetteerExtension();

    private final Countries countries = new Countries();
    private final World world = new World();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    void wire() {
        countries.entities = GAZETTEER.entities();
        world.entities = GAZETTEER.entities();
    }

    @Test
    void all_sumsOverEveryCity() {
        assertThat(countries.all()).hasSize(246);
        assertThat(countries.all().stream().mapToLong(CountrySummary::cities).sum())
                .isEqualTo(2000);
        assertThat(countries.all())
                .filteredOn(country -> country.code().equals("DE"))
                .singleElement()
                .extracting(CountrySummary::name)
                .isEqualTo("Germany");
    }

    @Test
    void regions_mostPopulousFirst() {
        assertThat(countries.regions("DE"))
                .isSortedAccordingTo((one, other) -> Long.compare(other.population(), one.population()))
                .extracting(RegionSummary::name)
                .contains("State of Berlin", "Bavaria");
        assertThat(countries.regions("ZZ")).isEmpty();
    }

    @Test
    void largest_mostPopulousFirst() {
        assertThat(countries.largest("DE.02"))
                .isNotEmpty()
                .first()
                .extracting(CitySummary::name)
                .isEqualTo("Munich");
        assertThat(countries.largest("ZZ.1")).isEmpty();
    }

    @Test
    void map_hasACellForEveryCity() {
        WorldMap map = world.map();
        assertThat(map.cells().size() % 3).isZero();
        assertThat(map.cells()).hasSizeGreaterThan(1500);
        boolean berlin = false;
        for (int i = 0; i < map.cells().size(); i += 3) {
            berlin |= map.cells().get(i) == 13
                    && map.cells().get(i + 1) == 52
                    && map.cells().get(i + 2) > 3000;
        }
        assertThat(berlin).isTrue();
        assertThat(map.metropolises()).hasSizeGreaterThan(50);
    }
}
