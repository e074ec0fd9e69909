package io.nearfar.sample.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CityRowTest {
    @Test
    void parse_fullLine_readsEveryColumn() {
        CityRow row = CityRow.parse("2657896\tZürich\tZurich\tCH\tZH\tZurich\t341730\t47.3667\t8.5500\tPPLA");
        assertThat(row)
                .isEqualTo(new CityRow(
                        2657896, "Zürich", "Zurich", "CH", "CH.ZH", "Zurich", 341730, 47.3667, 8.55, "PPLA"));
    }

    @Test
    void parse_emptyColumns_takesNameAndNoRegion() {
        CityRow row = CityRow.parse("1\tPlace\t\tAQ\t\t\t0\t-70.0000\t10.0000\tPPL");
        assertThat(row.ascii()).isEqualTo("Place");
        assertThat(row.region()).isEmpty();
    }

    @Test
    void parse_tooFewColumns_showsTheLine() {
        assertThatThrownBy(() -> CityRow.parse("1\tPlace"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 columns instead of 10: 1\tPlace");
    }
}
