package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathLimitTest {
    @ParameterizedTest
    @CsvSource({
        "/*, /, true",
        "/*, '', true",
        "/*, /a/b, true",
        "/api/*, /api, true",
        "/api/*, /api/, true",
        "/api/*, /api/orders/7, true",
        "/api/*, /apis, false",
        "/api/*, /v2/api/orders, false",
        "/login, /login, true",
        "/login, /login/, true",
        "/login, /Login, false",
        "*.pdf, /docs/a.pdf, true",
        "*.pdf, /docs/apdf, false"
    })
    void matches_asServletsDo(String pattern, String path, boolean matches) {
        PathLimit limit = new PathLimit(
                new Limit("of-paths", 1, Duration.ofSeconds(1)), PathLimit.Partition.ALL, List.of("/no", pattern));
        assertThat(limit.matches(path)).isEqualTo(matches);
    }
}
