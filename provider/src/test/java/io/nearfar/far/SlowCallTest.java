package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of a slow call, and that no value is. */
class SlowCallTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET other secret              | SET                | other",
                "get other                     | GET                | other",
                "TIME                          | TIME               | ''",
                "PING secret                   | PING               | ''",
                "echo secret                   | ECHO               | ''",
                "EVAL return 1 key secret      | EVAL of another    | key",
                "EVAL return 0 secret          | EVAL of another    | ''",
                "EVALSHA_RO 1a2b 0 secret      | EVALSHA_RO of another | ''",
                "EVAL secret 0                 | EVAL of another    | ''",
                "EVAL return no-number secret  | EVAL of another    | ''",
                "FCALL name 2 key other secret | FCALL              | key",
                "FCALL name 0 secret           | FCALL              | ''",
            })
    void value_isNotShown(String words, String call, String subject) {
        SlowCall slow = SlowCall.of("host:1", List.of(7L, 1_700_000_000L, 12L, told(words)));
        assertThat(slow).isEqualTo(new SlowCall("host:1", 7, 1_700_000_000, 12, call, subject));
    }

    private static List<byte[]> told(String words) {
        return Stream.of(words.split(" +"))
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
