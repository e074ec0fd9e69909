package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.PathResponse;
import java.time.Duration;
import java.util.List;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathResponseSettingsTest {
    private static List<PathResponse> read(String... lines) {
        return Reading.of(lines).read().http().responses();
    }

    @Test
    void pathsAlone_leaveTheRestToTheCache() {
        assertThat(read("nearfar.response.pages.paths=/pages/*, *.css"))
                .containsExactly(new PathResponse(
                        "pages",
                        List.of("/pages/*", "*.css"),
                        "responses-pages",
                        null,
                        null,
                        null,
                        List.of(),
                        List.of("*"),
                        "",
                        List.of(),
                        new PathResponse.Sharing(false, false, false),
                        null));
    }

    @Test
    void all_canBeSet() {
        assertThat(read(
                        "nearfar.response.pages.paths=/pages/*",
                        "nearfar.response.pages.cache-name=html",
                        "nearfar.response.pages.ttl=10m",
                        "nearfar.response.pages.max-age=0",
                        "nearfar.response.pages.grace=1h",
                        "nearfar.response.pages.vary=Accept-Language, X-Edition",
                        "nearfar.response.pages.parameters=id, page",
                        "nearfar.response.pages.key-prefix=pages:",
                        "nearfar.response.pages.tags=pages, page:{path}",
                        "nearfar.response.pages.private-to-principal=true",
                        "nearfar.response.pages.even-with-cookies=true",
                        "nearfar.response.pages.fallback=/sorry.html",
                        "nearfar.response.all.paths=/*",
                        "nearfar.response.all.parameters=-",
                        "nearfar.response.all.even-with-authorization=true"))
                .containsExactly(
                        new PathResponse(
                                "all",
                                List.of("/*"),
                                "responses-all",
                                null,
                                null,
                                null,
                                List.of(),
                                List.of(),
                                "",
                                List.of(),
                                new PathResponse.Sharing(false, true, false),
                                null),
                        new PathResponse(
                                "pages",
                                List.of("/pages/*"),
                                "html",
                                Duration.ofMinutes(10),
                                Duration.ZERO,
                                Duration.ofHours(1),
                                List.of("Accept-Language", "X-Edition"),
                                List.of("id", "page"),
                                "pages:",
                                List.of("pages", "page:{path}"),
                                new PathResponse.Sharing(true, false, true),
                                "/sorry.html"));
    }

    @Test
    void variable_andKey_areOneName() {
        assertThat(Reading.of("nearfar.response.old-pages.paths=/old/*")
                        .variable("NEARFAR_RESPONSE_OLD_PAGES_TTL", "7m")
                        .read()
                        .http()
                        .responses())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.name()).isEqualTo("old-pages");
                    assertThat(one.timeToLive()).isEqualTo(Duration.ofMinutes(7));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "/pages/7, /pages/7",
        "/pages/7/, /pages/7",
        "/pages/a.css, *.css",
        "/pages/more/8, /pages/more/*",
        "/pages/9, /pages/*",
        "/pages, /pages/*",
        "/other, /*"
    })
    void closeness_isOfWholePaths_thenEndings_thenLongBeginnings(String path, String closest) {
        List<PathResponse> all = read(
                "nearfar.response.a.paths=/*",
                "nearfar.response.b.paths=/pages/*",
                "nearfar.response.c.paths=/pages/more/*",
                "nearfar.response.d.paths=*.css",
                "nearfar.response.e.paths=/pages/7");
        PathResponse found = all.get(0);
        for (PathResponse each : all) {
            found = each.closeness(path) > found.closeness(path) ? each : found;
        }
        assertThat(found.paths()).containsExactly(closest);
        assertThat(all.get(4).closeness("/elsewhere")).isZero();
    }

    @Test
    void responsesWithoutPaths_areRefusedWithTheLineToAdd() {
        assertThatThrownBy(() -> read("nearfar.response.pages.ttl=5m"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.response.pages.ttl = 5m")
                .hasMessageContaining("Set nearfar.response.pages.paths");
    }

    @Test
    void privateAndShared_isRefused() {
        assertThatThrownBy(() -> read(
                        "nearfar.response.pages.paths=/*",
                        "nearfar.response.pages.private-to-principal=true",
                        "nearfar.response.pages.even-with-authorization=true"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("Keep one of the two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nearfar.response.pages.paths=pages/*",
                "nearfar.response.pages.ttl=weekly",
                "nearfar.response.pages.max-age=-1s",
                "nearfar.response.pages.vary=*",
                "nearfar.response.pages.vary=Accept Language",
                "nearfar.response.pages.parameters=*, id",
                "nearfar.response.pages.tags=page:{id}",
                "nearfar.response.pages.fallback=sorry.html",
                "nearfar.response.pages.even-with-cookies=maybe",
                "nearfar.response.Pages.paths=/*",
                "nearfar.response.pages.cookies=true",
                "nearfar.fallback=/sorry.html"
            })
    void mistake_isToldByItsKey(String line) {
        assertThatThrownBy(() -> read("nearfar.response.pages.paths=/*", line))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(line.substring(0, line.indexOf('=')) + " = ");
    }
}
