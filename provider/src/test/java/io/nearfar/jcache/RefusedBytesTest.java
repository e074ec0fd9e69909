package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.entry.codec.shop.Order;
import io.nearfar.testing.Application;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node does not decode is a miss that its figures show. */
class RefusedBytesTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void get_ofATypeThatIsNotTrustedHere_missesAndIsCounted(Mode mode) {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            NearfarCache<String, Object> here = one.cache();
            NearfarCache<String, Object> there = other.cache();
            here.put("k", new Order.Line("one"));
            assertThat(here.get("k")).isNotNull();
            assertThat(here.figures().rejected()).isZero();
            assertThat(there.get("k")).isNull();
            assertThat(there.figures().rejected()).isPositive();
            assertThat(there.figures().misses()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void walk_overAKeyThatIsNotTrustedHere_leavesItOutAndCountsIt(Mode mode) {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            NearfarCache<Object, String> here = one.cache();
            NearfarCache<Object, String> there = other.cache();
            here.put(new Order.Line("one"), "v");
            assertThat(here.iterator().hasNext()).isTrue();
            assertThat(there.iterator().hasNext()).isFalse();
            assertThat(there.figures().rejected()).isPositive();
        }
    }
}
