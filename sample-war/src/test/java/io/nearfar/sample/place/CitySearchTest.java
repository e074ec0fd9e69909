package io.nearfar.sample.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.sample.data.GazetteerExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitySearchTest {
    @RegisterExtension
    static final GazetteerExtension GAZETTEER = new GazetteerExtension();

    private final CitySearch search = new CitySearch();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    void wire() {
        search.entities = GAZETTEER.entities();
    }

    @Test
    void suggestions_beginning_areTheMostPopulousFirst() {
        List<CitySummary> found = search.suggestions("s");
        assertThat(found).hasSize(8);
        assertThat(found.get(0).name()).isEqualTo("Shanghai");
        assertThat(found).isSortedAccordingTo((one, other) -> Long.compare(other.population(), one.population()));
    }

    @Test
    void suggestions_laterWord_isFound() {
        assertThat(search.suggestions("york")).extracting(CitySummary::name).contains("New York City");
    }

    @Test
    void suggestions_insideAWord_isNot() {
        assertThat(search.suggestions("hanghai")).isEmpty();
    }

    @Test
    void suggestions_wildcards_areLetters() {
        assertThat(search.suggestions("%")).isEmpty();
        assertThat(search.suggestions("_hanghai")).isEmpty();
        assertThat(search.suggestions("!")).isEmpty();
    }

    @Test
    void search_part_isCountedAndPaged() {
        SearchPage first = search.search("an", "", 0);
        assertThat(first.cities()).hasSize(20);
        assertThat(first.total()).isGreaterThan(40);
        assertThat(first.pages()).isEqualTo((int) Math.ceil(first.total() / 20.0));
        SearchPage last = search.search("an", "", first.pages() - 1);
        assertThat(last.cities()).hasSizeBetween(1, 20).doesNotContainAnyElementsOf(first.cities());
        assertThat(search.search("an", "", first.pages()).cities()).isEmpty();
    }

    @Test
    void search_country_staysInside() {
        assertThat(search.search("a", "FR", 0).cities())
                .isNotEmpty()
                .allSatisfy(city -> assertThat(city.countryCode()).isEqualTo("FR"));
    }

    @Test
    void summaries_unknownIds_areLeftOut() {
        assertThat(search.summaries(List.of(2950159L, -1L)))
                .extracting(CitySummary::name)
                .containsExactly("Berlin");
        assertThat(search.summaries(List.of())).isEmpty();
    }
}
