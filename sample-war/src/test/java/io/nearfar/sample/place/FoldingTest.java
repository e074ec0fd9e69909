package io.nearfar.sample.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
    @ParameterizedTest
    @CsvSource({
        "Zürich, zurich",
        "Łódź, lodz",
        "Århus, arhus",
        "São Paulo, sao paulo",
        "Tromsø, tromso",
        "Weißenburg, weissenburg"
    })
    void fold_accents_areGone(String typed, String folded) {
        assertThat(Folding.fold(typed)).isEqualTo(folded);
    }

    @Test
    void fold_spaces_areOne() {
        assertThat(Folding.fold("  New \t York ")).isEqualTo("new york");
    }

    @Test
    void fold_everyNameOfTheDataFile_givesItsAsciiColumn() throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(FoldingTest.class.getResourceAsStream("/data/cities.tsv.gz")),
                StandardCharsets.UTF_8))) {
            assertThat(lines.lines().filter(line -> !foldsAsWritten(line.split("\t", -1))))
                    .isEmpty();
        }
    }

    private static boolean foldsAsWritten(String[] column) {
        String ascii = column[2].isEmpty() ? column[1] : column[2];
        return Folding.fold(column[1]).equals(ascii.toLowerCase(Locale.ROOT));
    }
}
