package io.nearfar.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.TrustPolicy;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // the types under test are what users have
class ValueFormatsTest {
    private final ValueFormat<Object> format = ValueFormats.byValue(
            TestSettings.trusting(TrustPolicy.LEARNED), Object.class, getClass().getClassLoader());

    @Test
    void decode_standardValue_givesAnEqualOne() {
        for (Object value : StandardValues.awkward()) {
            Value<Object> read = format.decode(format.keep(value).bytes());
            assertThat(read).as("decoded %s of %s", value.getClass(), value).isNotNull();
            assertThat(read.get()).isEqualTo(value);
        }
    }

    @Test
    void decode_randomValues_givesEqualOnes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Object value = StandardValues.random(random);
            assertThat(format.decode(format.keep(value).bytes()).get())
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(value);
        }
    }

    @Test
    void get_immutableValue_givesTheSameObject() {
        for (Object value : StandardValues.awkward()) {
            assertThat(format.keep(value).get()).isSameAs(value);
        }
    }

    @Test
    void get_mutableValue_givesACopyEachTime() {
        List<Object> mutables = List.of(
                new ArrayList<>(List.of(new Date(5))),
                new HashMap<>(Map.of("a", new ArrayList<>(List.of(1)))),
                new Date(7));
        for (Object value : mutables) {
            Value<Object> kept = format.keep(value);
            assertThat(kept.get()).isEqualTo(value).isNotSameAs(value).isNotSameAs(kept.get());
        }
    }

    @Test
    void keep_byteArray_isNotChangedFromOutside() {
        byte[] bytes = {1, 2, 3};
        Value<Object> kept = format.keep(bytes);
        bytes[0] = 9;
        ((byte[]) kept.get())[1] = 9;
        assertThat((byte[]) kept.get()).containsExactly(1, 2, 3);
        assertThat((byte[]) format.decode(kept.bytes()).get()).containsExactly(1, 2, 3);
    }

    @Test
    void bytes_aboveTheLimit_namesSizeLimitAndSetting() {
        ValueFormat<Object> limited = ValueFormats.byValue(
                TestSettings.limitedTo(100), Object.class, getClass().getClassLoader());
        Value<Object> kept = limited.keep("x".repeat(200));
        assertThatThrownBy(kept::bytes)
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("cities", "202 bytes", "100", "nearfar.cache.cities.value-limit");
    }

    @Test
    void byReference_keepsTheObjectItself() {
        Object value = new Object();
        assertThat(ValueFormats.byReference().keep(value).get()).isSameAs(value);
    }
}
