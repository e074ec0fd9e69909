package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.entry.codec.shop.Order;
import io.nearfar.testing.Application;
import java.util.function.Function;
import javax.cache.Cache;
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

    private static final Order.Line LINE = new Order.Line("one");

    /** Has a node call an operation that does not trust the type of the entry, and tells what is there afterwards. */
    private static void call(
            Mode mode, Function<Cache<String, Object>, Object> operation, Object answer, Object left, boolean counts) {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            NearfarCache<String, Object> here = one.cache();
            NearfarCache<String, Object> there = other.cache();
            here.put("k", LINE);
            assertThat(operation.apply(there)).isEqualTo(answer);
            await().untilAsserted(() -> assertThat(here.get("k")).isEqualTo(left));
            assertThat(there.figures().rejected() > 0).isEqualTo(counts);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void operationsThatCompareOrHandOut_takeItForAbsent(Mode mode) {
        call(mode, cache -> cache.containsKey("k"), false, LINE, true);
        call(mode, cache -> cache.putIfAbsent("k", "v"), true, "v", true);
        call(mode, cache -> cache.replace("k", LINE.toString(), "v"), false, LINE, true);
        call(mode, cache -> cache.remove("k", LINE.toString()), false, LINE, true);
        call(mode, cache -> cache.getAndReplace("k", "v"), null, LINE, true);
        call(mode, cache -> cache.invoke("k", (entry, arguments) -> entry.exists()), false, LINE, true);
    }

    /** They do not look at it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void operationsThatTheServerDecides_findItPresent(Mode mode) {
        call(mode, cache -> cache.replace("k", "v"), true, "v", false);
        call(mode, cache -> cache.remove("k"), true, null, false);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void operationsThatDecideNothing_takeItsPlace(Mode mode) {
        call(mode, cache -> cache.getAndPut("k", "v"), null, "v", true);
        call(mode, cache -> cache.getAndRemove("k"), null, null, true);
    }
}
