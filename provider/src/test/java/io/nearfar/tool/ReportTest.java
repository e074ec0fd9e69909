package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports as people and as programs read them. */
class ReportTest {
    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "99950, 100 kB", "1500000, 1.5 MB", "250000000000, 250 GB"})
    void bytes_haveTheUnitThatSuits(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0ms", "PT0.25S, 250ms", "PT90S, 1m30s", "PT1H, 1h", "PT25H0M3S, 1d1h", "PT1H0M3S, 1h"})
    void time_hasTwoUnits(Duration length, String text) {
        assertThat(Amounts.time(length)).isEqualTo(text);
    }

    @Test
    void json_ofAnyText_isReadBack() {
        String odd = "\u0000\t\n\"\\/é€𝄞\ud800\u007f";
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(odd, odd);
        map.put("list", Arrays.asList(1, 2L, true, null, List.of(), "x"));
        String json = Json.of(map);
        assertThat(json.lines()).hasSize(1);
        String read = odd.replace('\ud800', '\ufffd');
        assertThat(ToolRun.tree(json).get(read).asText()).isEqualTo(read);
        assertThat(ToolRun.tree(json).get("list").toString()).isEqualTo("[1,2,true,null,[],\"x\"]");
    }

    @Test
    void nameThatIsTaken_isRefused() {
        Report report = new Report().with("key", "a").withBytes("value", 1);
        assertThatThrownBy(() -> report.withBytes("key", 2)).hasMessageContaining("read as key");
        assertThatThrownBy(() -> report.with("valueBytes", 2L)).hasMessageContaining("a field valueBytes already");
        report.withBytes("key", 2, "keySize");
        assertThat(report.shown()).containsEntry("key", "a").containsEntry("keySize", "2 B");
    }

    @Test
    void controlCharacters_doNotReachATerminal() {
        String odd = "a\u001b]0;x\u0007\u009b2J\u007f\rb\tc\nd\r\ne";
        assertThat(ForPeople.lines(new Report().plain(odd))).containsExactly("a?]0;x??2J??b\tc\nd\r\ne");
        String line = "a?]0;x??2J??b?c?d??e";
        Report report = new Report()
                .with("name", odd)
                .withRows("rows", List.of(new Report().with("key", odd)))
                .remark(odd);
        assertThat(ForPeople.lines(report)).containsExactly("name  " + line, "", "key", line, line);
        JsonNode tree = ToolRun.tree(Json.of(report.tree()));
        assertThat(tree.at("/rows/0/key").asText()).isEqualTo(odd);
        ToolRun run = ToolRun.of("status", "--\u001b[2J\u009b");
        assertThat(run.err()).startsWith("nearfar: There is no option --?[2J?; see help");
    }

    @Test
    void people_readFieldsAndTables() {
        Report report = new Report()
                .with("name", "x")
                .withBytes("maxMemory", 2_000)
                .withMicros("created", 1_700_000_000_123_456L, "")
                .withRows(
                        "caches",
                        List.of(
                                new Report().with("cache", "prices").with("entries", 1_234L),
                                new Report().with("cache", "a").with("entries", 1L)))
                .withRows("others", List.of())
                .remark("Mind the gap");
        assertThat(ForPeople.lines(report))
                .containsExactly(
                        "name        x",
                        "max memory  2.0 kB",
                        "created     2023-11-14T22:13:20.123456Z",
                        "",
                        "cache   entries",
                        "prices  1,234",
                        "a       1",
                        "",
                        "others  none",
                        "Mind the gap");
        assertThat(Json.of(report.tree()))
                .isEqualTo("{\"name\":\"x\",\"maxMemoryBytes\":2000,\"created\":\"2023-11-14T22:13:20.123456Z\","
                        + "\"caches\":[{\"cache\":\"prices\",\"entries\":1234},{\"cache\":\"a\",\"entries\":1}],"
                        + "\"others\":[],\"remarks\":[\"Mind the gap\"]}");
    }
}
