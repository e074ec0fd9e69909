package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    @Test
    void tree_isWrittenInItsOrder() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", List.of(1L, 0.5, true, "x"));
        tree.put("a", Map.of());
        tree.put("none", null);
        assertThat(JsonText.of(tree)).isEqualTo("{\"b\":[1,0.5,true,\"x\"],\"a\":{},\"none\":null}");
    }

    @Test
    void text_isEscaped() {
        assertThat(JsonText.of("a\"b\\c\n\u0001é€\ud83d\ude00"))
                .isEqualTo("\"a\\\"b\\\\c\\u000a\\u0001é€\ud83d\ude00\"");
        assertThat(JsonText.of("half \ud83d")).isEqualTo("\"half \ufffd\"");
        assertThat(JsonText.of(Double.NaN)).isEqualTo("\"NaN\"");
    }

    /** Columns are parted by exclamation marks, for the field has commas. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 ! true",
                "text/html ! true",
                "TEXT/HTML ! true",
                "text/* ! true",
                "application/json ! false",
                "*/* ! false",
                "text/html;q=0.5, application/json ! false",
                "text/html;q=0.5, application/json;q=0.4 ! true",
                "text/html;q=much ! false",
                "text/html;q=0, */* ! false",
                "text/html;level=1;q=0.9, application/*;q=0.1 ! true",
                "image/png ! false",
                "'' ! false"
            })
    void accept_tellsWhetherAPageIsWanted(String field, boolean isHtml) {
        assertThat(AcceptField.prefersHtml(field)).isEqualTo(isHtml);
    }

    @Test
    void accept_thatIsMissing_meansJson() {
        assertThat(AcceptField.prefersHtml(null)).isFalse();
    }

    @Test
    void page_escapesAllThatItShows() {
        String odd = "<b>&\"'";
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("location" + odd, odd);
        data.put("absent", null);
        data.put(
                "caches", List.of(Map.of("name", odd, "figures", Map.of("hits" + odd, odd), "settings", List.of(odd))));
        String page = StatusPage.of(Map.of("status", odd, "message", odd, "data", data));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<h2>caches</h2>", "<td>&lt;b&gt;&amp;&quot;&#39;</td>", "<th>hits&lt;b&gt;")
                .doesNotContain("<b>", "absent", odd);
    }
}
