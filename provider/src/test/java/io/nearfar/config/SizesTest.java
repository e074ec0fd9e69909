package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "12B, 12",
        "8kB, 8000",
        "8KB, 8000",
        "512KiB, 524288",
        "8MB, 8000000",
        "8 MB, 8000000",
        "1MiB, 1048576",
        "2GB, 2000000000",
        "1gib, 1073741824"
    })
    void parse_asPeopleWrite_givesBytes(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "8M", "8 megabytes", "1.5MB", "8  MB", "999999999999GiB", "1TB"})
    void parse_anythingElse_givesNull(String text) {
        assertThat(Sizes.parse(text)).isNull();
    }
}
