package io.nearfar.guides;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each page has all that one copies, how Nearfar itself is got too, and the first page leads to each. */
class PagesTest {
    private static final int FIRST_SCREEN = 1_200;

    @ParameterizedTest
    @ValueSource(strings = {"getting-started", "frameworks/spring-boot", "servers/open-liberty"})
    void page_saysHowNearfarIsGot(String page) {
        assertThat(Guide.page(page)).contains("```sh\n" + Guide.INSTALL + "```\n");
    }

    @Test
    void firstScreen_leadsToEach() {
        assertThat(Guide.page("getting-started").substring(0, FIRST_SCREEN))
                .contains(
                        "(#a-plain-program)",
                        "(#jakarta-ee-on-payara-micro)",
                        "(servers/open-liberty.md#from-nothing-to-a-cached-method)",
                        "(frameworks/spring-boot.md#from-nothing-to-a-cached-method)",
                        "(#spring)");
    }
}
