package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextTest {
    @ParameterizedTest
    @CsvSource({
        "q=a, q, a",
        "x=1&q=a&q=b, q, a",
        "q=a=b, q, a=b",
        "q=a+b%20c%C3%A9, q, a b cé",
        "%71=a, q, a",
        "q=%zz, q, %zz",
        "q, q, ''",
        "q=, q, ''",
        "x=1, q,",
        "'', q,",
        "Q=a, q,"
    })
    void first_isTheFirstOfThatName(String query, String name, String value) {
        assertThat(QueryText.first(query, name)).isEqualTo(value);
    }

    @Test
    void first_ofNoQuery_isNull() {
        assertThat(QueryText.first(null, "q")).isNull();
    }
}
