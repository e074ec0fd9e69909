package io.nearfar.sample.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.sample.data.GazetteerExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitiesTest {
    private static final long SHANGHAI = 1796236;
    private static final long BERLIN = 2950159;

    @RegisterExtension
    static final GazetteerExtension GAZETTEER = new GazetteerExtension();

    private final Cities cities = new Cities();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    void wire() {
        cities.entities = GAZETTEER.entities();
        cities.neighbours = new Neighbours();
        cities.neighbours.entities = GAZETTEER.entities();
        cities.neighbours.search = SearchFixture.on(GAZETTEER.entities());
    }

    @Test
    void page_berlin_isComplete() {
        CityPage page = cities.page(BERLIN);
        assertThat(page.city())
                .extracting(CitySummary::name, CitySummary::region, CitySummary::country, CitySummary::countryCode)
                .containsExactly("Berlin", "State of Berlin", "Germany", "DE");
        assertThat(page.feature()).isEqualTo("PPLC");
        assertThat(page.rankInCountry()).isEqualTo(1);
        assertThat(page.rankInWorld()).isGreaterThan(10);
        assertThat(page.peopleAround()).isGreaterThanOrEqualTo(page.city().population());
        assertThat(page.nearestMetropolis().city().id()).isNotEqualTo(BERLIN);
        assertThat(page.antipode().kilometres()).isLessThan(3000);
        assertThat(page.note()).isNull();
    }

    @Test
    void page_mostPopulous_isFirstInTheWorld() {
        assertThat(cities.page(SHANGHAI).rankInWorld()).isEqualTo(1);
    }

    @Test
    void page_unknown_isNull() {
        assertThat(cities.page(-1)).isNull();
    }

    @Test
    void change_populationAndNote_areRead() {
        assertThat(cities.change(BERLIN, new CityEdit(4_000_000, "  Counted again. ")))
                .isNotNull();
        CityPage page = cities.page(BERLIN);
        assertThat(page.city().population()).isEqualTo(4_000_000);
        assertThat(page.note()).isEqualTo("Counted again.");
    }

    @Test
    void change_blankNote_takesItAway() {
        cities.change(BERLIN, new CityEdit(1, "Something"));
        cities.change(BERLIN, new CityEdit(1, " "));
        assertThat(cities.page(BERLIN).note()).isNull();
    }

    @Test
    void change_unknown_isNull() {
        assertThat(cities.change(-1, new CityEdit(1, null))).isNull();
    }
}
