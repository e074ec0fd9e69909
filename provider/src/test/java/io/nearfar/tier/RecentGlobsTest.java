package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.key.Glob;
import org.junit.jupiter.api.Test;

class RecentGlobsTest {
    private final RecentGlobs globs = new RecentGlobs();

    @Test
    void pattern_thatComesAgain_isTheSame() {
        Glob first = globs.of("a*");
        for (int i = 0; i < 63; i++) {
            globs.of("p" + i);
        }
        assertThat(globs.of("a" + "*")).isSameAs(first).isEqualTo(Glob.of("a*"));
    }

    @Test
    void pattern_thatIsLongAgo_isForgotten() {
        Glob first = globs.of("a*");
        for (int i = 0; i < 64; i++) {
            globs.of("p" + i);
        }
        assertThat(globs.of("a*")).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void pattern_thatMeansNothing_isRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> globs.of("a[")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
